import type { SourcePlace } from '../../model/evidence.ts'
import type { Service } from '../../model/system.ts'

const FRAME =
  /(?:\(|at |file:\/\/|File ")(\/[^\s():"]+?\.(?:[cm]?[jt]sx?|py|rb|php|go|java|kt|cs))"?(?::|, line )(\d+)/g
const NAMED = /\b([A-Z][A-Za-z]*(?:Error|Exception)|error)\b(?=[:\s]|")/
const SAID = /\b(?:[A-Z][A-Za-z]*(?:Error|Exception)|error): [^\n"\\]{3,}/
const FOREIGN = /node_modules|site-packages|dist-packages|\/lib\/python|\/gems\/|node:internal/

/** What the log says of a failure: the error's name, and where in the app's own source it passed. */
export type Failure = { name: string | null; message: string | null; places: SourcePlace[]; lines: string[] }

/** Where the app stands on the disk, told from a path that ends like a file of its routes. */
const rootOf = (paths: readonly string[], files: readonly string[]): string | null => {
  for (const path of paths) {
    const file = files.find((one) => path.endsWith(`/${one}`))
    if (file !== undefined) return path.slice(0, -file.length)
  }
  return null
}

const MOST_LINES = 14

/** Lines of a log as they came, and what they tell. */
export const readFailure = (
  lines: readonly string[],
  service: Pick<Service, 'routes' | 'entry'>,
): Failure => {
  const text = lines.join('\n').replaceAll('\\n', '\n')
  const frames = [...text.matchAll(FRAME)].flatMap(([, path = '', line = '1']) =>
    FOREIGN.test(path) ? [] : [{ path, line: Number(line) }],
  )
  const files = [
    ...new Set([
      ...service.routes.map(({ place }) => place.file),
      ...(service.entry === null ? [] : [service.entry]),
    ]),
  ]
  const root = rootOf(
    frames.map(({ path }) => path),
    files,
  )
  const places = frames
    .filter(({ path }) => root !== null && path.startsWith(root))
    .map(({ path, line }) => ({ file: path.slice(root?.length ?? 0), line }))
  return {
    name: NAMED.exec(text)?.[1] ?? null,
    message: SAID.exec(text)?.[0].slice(0, 160) ?? null,
    places: places
      .filter(
        (one, at) => places.findIndex(({ file, line }) => file === one.file && line === one.line) === at,
      )
      .slice(0, 3),
    lines: lines.slice(0, MOST_LINES).map((line) => line.slice(0, 600)),
  }
}

import { z } from 'zod'
import type { Project } from '../../instruments/source/project.ts'

/** One version of one package that a lockfile holds. */
export const Locked = z.object({
  ecosystem: z.enum(['npm', 'PyPI']),
  name: z.string(),
  version: z.string(),
  file: z.string(),
  line: z.number().int(),
  /** true: only needed to build or test */
  development: z.boolean(),
})
export type Locked = z.infer<typeof Locked>

type Found = { name: string; version: string; at: number; development?: boolean }

const NpmPackage = z.object({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  link: z.boolean().optional(),
})
const NpmLock = z.object({
  packages: z.record(z.string(), NpmPackage).optional(),
  dependencies: z.record(z.string(), NpmPackage).optional(),
})

const ofNpm = (text: string): Found[] => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  const lock = NpmLock.safeParse(value).data
  let from = 0
  return Object.entries(lock?.packages ?? lock?.dependencies ?? {}).flatMap(([path, one]) => {
    const name = path.split('node_modules/').at(-1) ?? ''
    const isOwn = lock?.packages !== undefined && !path.includes('node_modules/')
    if (name === '' || isOwn || one.link === true || one.version === undefined) return []
    from = Math.max(from, text.indexOf(`"${path}"`, from))
    return [{ name, version: one.version, at: from, development: one.dev === true }]
  })
}

const all = (text: string, pattern: RegExp): Found[] =>
  [...text.matchAll(pattern)].map(({ 1: name = '', 2: version = '', index }) => ({
    name,
    version,
    at: index,
  }))

const PNPM = /^ {2}['"]?\/?((?:@[^/\s@]+\/)?[^/\s@'"]+)[@/](\d[^\s('":]*)[^\n]*:\s*$/gm
const YARN = /^"?((?:@[^/\s@"]+\/)?[^\s@"]+)@[^\n]*:\n {2}version:? "?([^"\n]+)"?/gm
const PINNED = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*==\s*([^\s;#\\]+)/gm
const TOML = /\[\[package\]\]\nname = "([^"]+)"\nversion = "([^"]+)"/g
const PIPFILE = /"([A-Za-z0-9][\w.-]*)": \{[^{}]*?"version": "==([^"]+)"/g

const READERS: readonly { file: RegExp; ecosystem: Locked['ecosystem']; read: (text: string) => Found[] }[] =
  [
    { file: /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, ecosystem: 'npm', read: ofNpm },
    { file: /(?:^|\/)pnpm-lock\.yaml$/, ecosystem: 'npm', read: (text) => all(text, PNPM) },
    { file: /(?:^|\/)yarn\.lock$/, ecosystem: 'npm', read: (text) => all(text, YARN) },
    { file: /(?:^|\/)(?:poetry|uv)\.lock$/, ecosystem: 'PyPI', read: (text) => all(text, TOML) },
    { file: /(?:^|\/)Pipfile\.lock$/, ecosystem: 'PyPI', read: (text) => all(text, PIPFILE) },
    { file: /(?:^|\/)requirements[\w.-]*\.txt$/, ecosystem: 'PyPI', read: (text) => all(text, PINNED) },
  ]

const ELSEWHERE = /(?:^|\/)(?:tests?|fixtures?|__fixtures__|examples?|docs?|bench)\//i

const lineStarts = (text: string) => [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]

const lineAt = (starts: readonly number[], at: number): number => {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return Math.max(1, low)
}

/** PEP 503: `Flask_Login` and `flask-login` are one. */
const nameIn = (ecosystem: Locked['ecosystem'], name: string) =>
  ecosystem === 'PyPI' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name

/** What one lockfile holds; null when it is none, or one that only tests read. */
export const readLocked = (project: Project, file: string): Locked[] | null => {
  const reader = READERS.find((one) => one.file.test(file))
  const text = reader === undefined || ELSEWHERE.test(file) ? null : project.peek(file)
  if (reader === undefined || text === null) return null
  const starts = lineStarts(text)
  const { ecosystem } = reader
  const development = /(?:^|\/)requirements[\w.-]*(?:dev|test)/i.test(file)
  return reader.read(text.replaceAll('\r\n', '\n')).map((one) => ({
    ...{ ecosystem, name: nameIn(ecosystem, one.name), version: one.version, file },
    ...{ line: lineAt(starts, one.at), development: one.development ?? development },
  }))
}

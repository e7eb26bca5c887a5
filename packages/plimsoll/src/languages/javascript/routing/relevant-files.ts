import type { Project } from '../../../instruments/source/project.ts'
import type { Resolver } from '../code/code.ts'
import { importsIn } from './imports.ts'

const SCRIPT = /\.[cm]?[jt]sx?$/
const DECLARATIONS = /\.d\.[cm]?ts$/
const TESTS =
  /(?:^|\/)(?:__tests__|__mocks__|tests?|spec|specs|e2e|cypress|fixtures)\/|\.(?:test|spec|e2e|bench|stories)\.[cm]?[jt]sx?$|(?:^|\/)(?:jest|vitest|playwright|cypress|webpack|vite|rollup)\.[^/]*$/
const VERBS = /(?:\.\s*|\[\s*['"`])(?:use|all|route|get|post|put|delete|del|patch|register)\b/
const PASSES_ON = /\bexport\b[^'"`]*\bfrom\b|\bexports\b/
const ROUNDS = 4

/** A file that only a test run reads: what it registers is no part of the served surface. */
export const isTest = (file: string) => TESTS.test(file)

/** `direct` name one of the packages; `around` import those, and call something that may register. */
export type Relevant = { direct: string[]; around: string[] }

const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** The last word of a path, which an import of it nearly always ends in. */
const wordOf = (path: string) => {
  const parts = path.replace(SCRIPT, '').split('/')
  return parts.at(-1) === 'index' ? (parts.at(-2) ?? 'index') : (parts.at(-1) ?? '')
}

type Candidate = { file: string; specifiers: readonly string[]; calls: boolean; passes: boolean }

const look = (project: Project, file: string, packages: ReadonlySet<string>): Candidate | 'direct' | null => {
  const text = project.text(file)
  if (text === null) return null
  const calls = VERBS.test(text)
  const passes = !calls && PASSES_ON.test(text)
  const names = [...packages].some((name) => text.includes(name))
  if (!names && !calls && !passes) return null
  const imports = importsIn(text).filter(({ isType }) => !isType)
  if (names && imports.some(({ specifier }) => packages.has(packageOf(specifier)))) return 'direct'
  return { file, specifiers: imports.map(({ specifier }) => specifier), calls, passes }
}

/**
 * The files worth following: a cheap test on their text that only saves parsing. What a file really does is decided
 * by following it.
 */
export const relevantFiles = (
  project: Project,
  files: readonly string[],
  packages: readonly string[],
  resolve: Resolver,
): Relevant => {
  const direct: string[] = []
  let rest: Candidate[] = []
  const names = new Set(packages)
  for (const file of files) {
    if (!SCRIPT.test(file) || DECLARATIONS.test(file) || isTest(file)) continue
    const found = look(project, file, names)
    if (found === 'direct') direct.push(file)
    else if (found !== null) rest.push(found)
  }
  const around: string[] = []
  let frontier = new Set(direct)
  for (let round = 0; round < ROUNDS && frontier.size > 0; round += 1) {
    const words = new Set([...frontier].flatMap((file) => [wordOf(file), 'index', '.', '..']))
    const reaches = ({ file, specifiers }: Candidate) =>
      specifiers.some((specifier) => {
        if (!words.has(wordOf(specifier)) && specifier.includes('/')) return false
        const found = resolve(file, specifier)
        return found.kind === 'file' && frontier.has(found.file)
      })
    const hits = rest.filter(reaches)
    const taken = new Set(hits)
    rest = rest.filter((candidate) => !taken.has(candidate))
    around.push(...hits.filter(({ calls }) => calls).map(({ file }) => file))
    frontier = new Set(hits.map(({ file }) => file))
  }
  return { direct, around }
}

import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs']

/** The file that a path without certain ending means; TypeScript sources import the `.js` they will become. */
const fileAt = (project: Project, path: string): string | null => {
  const plain = posix.normalize(path).replace(/\/$/, '')
  const stem = plain.replace(/\.[cm]?jsx?$/, '')
  const candidates = [
    plain,
    ...ENDINGS.map((end) => stem + end),
    ...ENDINGS.map((end) => `${plain}/index${end}`),
  ]
  return candidates.find((candidate) => project.exists(candidate)) ?? null
}

const aliasesOf = (project: Project): [prefix: string, folder: string][] => {
  const options: unknown = Reflect.get(Object(project.json('tsconfig.json')), 'compilerOptions')
  const base = String(Reflect.get(Object(options), 'baseUrl') ?? '.')
  return Object.entries(Object(Reflect.get(Object(options), 'paths'))).map(([name, targets]) => {
    const [first] = Array.isArray(targets) ? targets : []
    return [name.replace(/\*$/, ''), posix.join(base, String(first ?? '').replace(/\*$/, ''))]
  })
}

/** Finds what a script imports: relative paths, `paths` of the tsconfig, `@/` and `~/`, and paths from the root. */
export const scriptImports = (project: Project) => {
  const aliases = aliasesOf(project)
  return (from: string, specifier: string): string | null => {
    if (specifier.startsWith('.')) return fileAt(project, posix.join(posix.dirname(from), specifier))
    const folders = aliases
      .filter(([prefix]) => specifier.startsWith(prefix))
      .map(([prefix, folder]) => posix.join(folder, specifier.slice(prefix.length)))
    const inside = /^[@~]\/(.+)$/.exec(specifier)?.[1] ?? (specifier.startsWith('src/') ? specifier : null)
    const paths = [...folders, ...(inside === null ? [] : [posix.join('src', inside), inside])]
    return paths.map((path) => fileAt(project, path)).find((file) => file !== null) ?? null
  }
}

/** Finds what a Python module imports, from its own folder upwards, or relative to it. */
export const pythonImports =
  (project: Project) =>
  (from: string, module: string): string | null => {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0
    const path = module.slice(dots).replaceAll('.', '/')
    const parents = [posix.dirname(from)]
    while (parents.at(-1) !== '.') parents.push(posix.dirname(parents.at(-1) ?? '.'))
    const folders = dots > 0 ? parents.slice(dots - 1, dots) : [...parents, 'src']
    const candidates = folders.flatMap((folder) => {
      const base = posix.join(folder, path)
      return [`${base}.py`, posix.join(base, '__init__.py')]
    })
    return candidates.find((candidate) => project.exists(candidate)) ?? null
  }

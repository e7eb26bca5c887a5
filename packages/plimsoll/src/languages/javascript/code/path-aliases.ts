import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'

type Alias = { pattern: string; targets: readonly string[] }
type Config = { baseUrl: string | null; aliases: readonly Alias[] }

const NONE: Config = { baseUrl: null, aliases: [] }
const MOST_PARENTS = 8

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}

const strings = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.filter((each) => typeof each === 'string')
    : typeof value === 'string'
      ? [value]
      : []

const aliasesIn = (paths: unknown, base: string): Alias[] =>
  Object.entries(record(paths)).map(([pattern, targets]) => ({
    pattern,
    targets: strings(targets).map((target) => posix.join(base, target)),
  }))

const readConfig = (project: Project, file: string, depth = 0): Config => {
  const config = record(project.json(file))
  const dir = posix.dirname(file)
  const options = record(config.compilerOptions)
  const above = strings(config.extends).reduce<Config>((found, parent) => {
    if (depth >= MOST_PARENTS || !parent.startsWith('.')) return found
    const path = posix.join(dir, parent)
    const hit = [path, `${path}.json`].find((candidate) => project.exists(candidate))
    return hit === undefined ? found : readConfig(project, hit, depth + 1)
  }, NONE)
  const own = typeof options.baseUrl === 'string' ? posix.join(dir, options.baseUrl) : null
  const baseUrl = own ?? above.baseUrl
  const paths = options.paths === undefined ? above.aliases : aliasesIn(options.paths, baseUrl ?? dir)
  return { baseUrl, aliases: paths }
}

const subpathImports = (project: Project, dir: string): Alias[] => {
  const manifest = record(project.json(posix.join(dir, 'package.json')))
  const named = Object.entries(record(manifest._moduleAliases)).flatMap(([name, target]) =>
    strings(target).flatMap((path) => [
      { pattern: name, targets: [posix.join(dir, path)] },
      { pattern: `${name}/*`, targets: [posix.join(dir, path, '*')] },
    ]),
  )
  const imports = Object.entries(record(manifest.imports)).map(([pattern, target]) => {
    const named = record(target)
    const chosen = typeof target === 'string' ? target : (named.default ?? named.node ?? named.import)
    return { pattern, targets: strings(chosen).map((path) => posix.join(dir, path)) }
  })
  return [...imports, ...named]
}

const match = (alias: Alias, specifier: string): string[] => {
  const star = alias.pattern.indexOf('*')
  if (star < 0) return alias.pattern === specifier ? [...alias.targets] : []
  const before = alias.pattern.slice(0, star)
  const after = alias.pattern.slice(star + 1)
  const fits =
    specifier.startsWith(before) &&
    specifier.endsWith(after) &&
    specifier.length >= before.length + after.length
  const middle = specifier.slice(before.length, specifier.length - after.length)
  return fits ? alias.targets.map((target) => target.replace('*', () => middle)) : []
}

/** Answers the paths that a specifier may mean by the nearest tsconfig.json, jsconfig.json or package.json `imports`. */
export const readPathAliases = (project: Project) => {
  const byDir = new Map<string, { configs: Config[]; imports: Alias[] }>()
  const nearest = (dir: string): { configs: Config[]; imports: Alias[] } => {
    const before = byDir.get(dir)
    if (before !== undefined) return before
    const names = ['tsconfig.json', 'tsconfig.base.json', 'jsconfig.json'].map((name) =>
      posix.join(dir, name),
    )
    const here = names.filter((name) => project.exists(name)).map((name) => readConfig(project, name))
    const above = dir === '.' ? { configs: [], imports: [] } : nearest(posix.dirname(dir))
    const found = {
      configs: [...here, ...above.configs],
      imports: project.exists(posix.join(dir, 'package.json')) ? subpathImports(project, dir) : above.imports,
    }
    byDir.set(dir, found)
    return found
  }
  return (dir: string, specifier: string): string[] => {
    const { configs, imports } = nearest(dir)
    const hits = imports.flatMap((alias) => match(alias, specifier))
    if (hits.length > 0) return hits
    return configs.flatMap((config) => [
      ...config.aliases.flatMap((alias) => match(alias, specifier)),
      ...(config.baseUrl === null ? [] : [posix.join(config.baseUrl, specifier)]),
    ])
  }
}

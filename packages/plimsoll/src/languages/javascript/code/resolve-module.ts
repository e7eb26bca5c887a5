import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'
import { findFile } from './find-file.ts'
import { readPathAliases } from './path-aliases.ts'
import { readWorkspacePackages } from './workspace-packages.ts'

/** Where an import specifier leads. `name` of a package is without subpath and without `node:`. */
export type Resolution =
  | { kind: 'file'; file: string }
  | { kind: 'package'; name: string; subpath: string }
  | { kind: 'missing'; specifier: string }

export type Resolver = (from: string, specifier: string) => Resolution

const split = (specifier: string) => {
  const bare = specifier.replace(/^node:/, '')
  const parts = bare.split('/')
  const count = bare.startsWith('@') ? 2 : 1
  return { name: parts.slice(0, count).join('/'), subpath: parts.slice(count).join('/') }
}

/** `@/x` and `~/x` can name no package: where no configuration says it, they mean a folder above. */
const rootAliases = (dir: string, specifier: string): string[] => {
  if (!/^[@~]\//.test(specifier)) return []
  const inside = specifier.slice(2)
  const parents = [dir]
  while (parents.at(-1) !== '.' && parents.length < 20) parents.push(posix.dirname(parents.at(-1) ?? '.'))
  return parents.flatMap((parent) => [posix.join(parent, 'src', inside), posix.join(parent, inside)])
}

/**
 * Resolves relative paths, folders with an index, `.js` specifiers of TypeScript sources, `paths` and `baseUrl` of
 * the nearest tsconfig or jsconfig, `imports` of package.json, and workspace packages to their source.
 */
export const createResolver = (project: Project): Resolver => {
  const before = resolvers.get(project)
  if (before !== undefined) return before
  const made = makeResolver(project)
  resolvers.set(project, made)
  return made
}

const resolvers = new WeakMap<Project, Resolver>()

const makeResolver = (project: Project): Resolver => {
  const aliases = readPathAliases(project)
  const workspace = readWorkspacePackages(project)
  const known = new Map<string, Resolution>()
  const resolve = (from: string, specifier: string): Resolution => {
    const dir = posix.dirname(from)
    if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
      const path = posix.normalize(
        specifier.startsWith('/') ? specifier.slice(1) : posix.join(dir, specifier),
      )
      const file = path.startsWith('../') ? null : findFile(project, path.replace(/\/$/, ''))
      return file === null ? { kind: 'missing', specifier } : { kind: 'file', file }
    }
    for (const path of [...aliases(dir, specifier), ...rootAliases(dir, specifier)]) {
      const file = findFile(project, path)
      if (file !== null) return { kind: 'file', file }
    }
    const { name, subpath } = split(specifier)
    const file = workspace(name, subpath)
    return file === null ? { kind: 'package', name, subpath } : { kind: 'file', file }
  }
  return (from, specifier) => {
    const key = `${posix.dirname(from)}\0${specifier}`
    const before = known.get(key)
    if (before !== undefined) return before
    const resolution = resolve(from, specifier)
    known.set(key, resolution)
    return resolution
  }
}

import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'
import { findFile } from './find-file.ts'

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

const firstPath = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(firstPath)
}

/** Published paths name build output, which is not in the repository: the source beside it is. */
const sourcesOf = (path: string): string[] => {
  const ending = /(?:\.d)?\.[cm]?[jt]sx?$/
  const bare = path.replace(ending, '')
  const source = bare.replace(/^(\.\/)?(?:dist|build|lib|out)(?:\/(?:cjs|esm|src))?\//, 'src/')
  return [path, bare, source, bare.replace(/^(\.\/)?(?:dist|build|lib|out)\//, '')]
}

/** Answers the source file of a package that is developed in this repository; null for any other package. */
export const readWorkspacePackages = (project: Project) => {
  const byName = new Map<string, string>()
  for (const file of project.files) {
    if (file !== 'package.json' && !file.endsWith('/package.json')) continue
    const name = field(project.json(file), 'name')
    if (typeof name === 'string' && !byName.has(name)) byName.set(name, posix.dirname(file))
  }
  return (name: string, subpath: string): string | null => {
    const dir = byName.get(name)
    if (dir === undefined) return null
    const manifest = project.json(posix.join(dir, 'package.json'))
    const exported = field(manifest, 'exports')
    const entry = subpath === '' ? '.' : `./${subpath}`
    const named = [
      ...firstPath(field(exported, entry)),
      ...(subpath === ''
        ? [
            ...firstPath(exported),
            ...['source', 'module', 'main', 'types'].flatMap((key) => firstPath(field(manifest, key))),
          ]
        : [`./${subpath}`, `./src/${subpath}`]),
    ]
    const fallback = subpath === '' ? ['src/index', 'index', 'src/main', 'lib/index'] : []
    for (const path of [...named.flatMap(sourcesOf), ...fallback]) {
      const file = findFile(project, posix.join(dir, path))
      if (file !== null) return file
    }
    return null
  }
}

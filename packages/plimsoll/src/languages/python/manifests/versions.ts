import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'
import { tableAt, textAt } from './manifest.ts'
import { normaliseName, pinned } from './names.ts'

/** Lock files by the tool that writes them. */
export const LOCKS: Readonly<Record<string, string>> = {
  'poetry.lock': 'poetry',
  'uv.lock': 'uv',
  'pdm.lock': 'pdm',
  'Pipfile.lock': 'pipenv',
}

const fromToml = (toml: unknown): [string, string][] => {
  const packages = tableAt(toml).package
  return (Array.isArray(packages) ? packages : []).flatMap((entry: unknown): [string, string][] => {
    const name = textAt(tableAt(entry), 'name')
    const version = textAt(tableAt(entry), 'version')
    return name === null || version === null ? [] : [[normaliseName(name), version]]
  })
}

const fromPipfile = (json: unknown): [string, string][] =>
  ['default', 'develop'].flatMap((part) =>
    Object.entries(tableAt(json, part)).flatMap(([name, entry]): [string, string][] => {
      const version = pinned(textAt(tableAt(entry), 'version') ?? '')
      return version === null ? [] : [[normaliseName(name), version]]
    }),
  )

/** The lock file that speaks for a folder: its own, or the nearest above. */
export const findLock = (project: Project, dir: string): string | null => {
  for (let at = dir; ; at = posix.dirname(at)) {
    for (const name of Object.keys(LOCKS)) {
      const file = posix.join(at, name)
      if (project.exists(file)) return file
    }
    if (at === '.') return null
  }
}

/** Resolved versions: from the lock file, else from exact pins. */
export const createVersions = (project: Project, dir: string, wanted: ReadonlyMap<string, string>) => {
  let locked: Map<string, string> | null = null
  return (name: string): string | null => {
    const lock = findLock(project, dir)
    locked ??= new Map(
      lock === null
        ? []
        : lock.endsWith('Pipfile.lock')
          ? fromPipfile(project.json(lock))
          : fromToml(project.toml(lock)),
    )
    const key = normaliseName(name)
    return locked.get(key) ?? pinned(wanted.get(key) ?? '')
  }
}

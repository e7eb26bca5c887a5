import type { Project } from '../../../../instruments/source/project.ts'
import { inDir, upwards } from '../paths.ts'
import { findLock } from './lock.ts'

/** `a/b`, `a`, `.`, `..`, `../..`: where Node looks for node_modules; folders above the root count, four of them. */
const lookedIn = (dir: string) => [...upwards(dir), '..', '../..', '../../..', '../../../..']

/** Version of an installed package as Node would resolve it from the folder; null when it is not there. */
export const installedVersion = (project: Project, dir: string, name: string): string | null => {
  for (const folder of lookedIn(dir)) {
    const text = project.peek(inDir(folder, `node_modules/${name}/package.json`))
    if (text === null) continue
    const version = /"version"\s*:\s*"([^"]+)"/.exec(text)?.[1]
    return version ?? 'unknown'
  }
  return null
}

/** The installed version first, because it is the one that runs; then the locked one; then an exact wish. */
export const createVersions = (project: Project, dir: string, wanted: Readonly<Record<string, string>>) => {
  const known = new Map<string, string | null>()
  return (name: string): string | null => {
    const before = known.get(name)
    if (before !== undefined) return before
    const installed = installedVersion(project, dir, name)
    const wish = wanted[name]
    const exact = wish !== undefined && /^\d+\.\d+\.\d+[\w.+-]*$/.test(wish) ? wish : null
    const version =
      (installed === 'unknown' ? null : installed) ??
      findLock(project, dir)?.versionOf(name, dir, wish ?? null) ??
      exact
    known.set(name, version)
    return version
  }
}

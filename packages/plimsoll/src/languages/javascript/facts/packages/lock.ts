import type { Project } from '../../../../instruments/source/project.ts'
import { inDir, upwards } from '../paths.ts'
import { readBunLock } from './bun-lock.ts'
import { readNpmLock } from './npm-lock.ts'
import { readPnpmLock } from './pnpm-lock.ts'
import { readYarnLock } from './yarn-lock.ts'

/** Exact version of a package for one folder of the lockfile's tree; null when the lockfile does not say. */
export type LockedVersion = (name: string, dir: string, wanted: string | null) => string | null

export type Lock = { manager: string; file: string; dir: string; versionOf: LockedVersion }

type Reader = (text: string, lockDir: string) => LockedVersion

const READERS: readonly { file: string; manager: string; read: Reader }[] = [
  { file: 'pnpm-lock.yaml', manager: 'pnpm', read: readPnpmLock },
  { file: 'yarn.lock', manager: 'yarn', read: readYarnLock },
  { file: 'bun.lock', manager: 'bun', read: readBunLock },
  { file: 'bun.lockb', manager: 'bun', read: () => () => null },
  { file: 'package-lock.json', manager: 'npm', read: readNpmLock },
  { file: 'npm-shrinkwrap.json', manager: 'npm', read: readNpmLock },
]

const kept = new WeakMap<Project, Map<string, Lock | null>>()

/** The lockfile that governs the folder: its own, or the nearest one above it within the root. */
export const findLock = (project: Project, dir: string): Lock | null => {
  const locks = kept.get(project) ?? new Map<string, Lock | null>()
  kept.set(project, locks)
  for (const folder of upwards(dir)) {
    const lock = locks.get(folder) ?? openLock(project, folder)
    locks.set(folder, lock)
    if (lock !== null) return lock
  }
  return null
}

const openLock = (project: Project, dir: string): Lock | null => {
  for (const { file, manager, read } of READERS) {
    const path = inDir(dir, file)
    if (!project.exists(path)) continue
    let versionOf: LockedVersion | null = null
    return {
      manager,
      file: path,
      dir,
      versionOf: (name, from, wanted) => {
        versionOf ??= readSafely(project, path, (text) => read(text, dir))
        return versionOf(name, from, wanted)
      },
    }
  }
  return null
}

const readSafely = (project: Project, file: string, read: (text: string) => LockedVersion): LockedVersion => {
  try {
    return read(project.peek(file) ?? '')
  } catch (thrown) {
    project.problems.push({ file, problem: thrown instanceof Error ? thrown.message : String(thrown) })
    return () => null
  }
}

import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { isAbove, lend, lentPaths, type Mount, readOnly, systemMounts } from './system-mounts.ts'

export type Seen = {
  /** absolute folder of the workspace, links resolved */
  root: string
  /** absolute files that lie over others: what commands see in place of secrets */
  covers: readonly { from: string; to: string }[]
  /** likewise, but written to: data that must stay as it is outside */
  copies: readonly { from: string; to: string }[]
  /** absolute files and folders of the workspace that commands may not change */
  fixed: readonly string[]
  /** folder with the sockets, read-only inside */
  doors: string
}

/** The nearest first; those of the home folder and above it are nobody's workspace. */
export const foldersAbove = (root: string): string[] => {
  const above: string[] = []
  for (let at = dirname(root); at !== dirname(at) && !isAbove(at, homedir()); at = dirname(at)) above.push(at)
  return above
}

/**
 * The whole of a repository of which the workspace is a part, as in a monorepo: commands see it, and may not change it
 * outside of the workspace. The workspace itself where it is no part of anything.
 */
export const repositoryOf = (root: string): string => {
  if (existsSync(join(root, '.git'))) return root
  return foldersAbove(root).find((at) => existsSync(join(at, '.git'))) ?? root
}

/** Packages may lie in a folder above the workspace. */
const packagesAbove = (root: string): string[] => {
  const top = repositoryOf(root)
  if (top !== root) return [top]
  return foldersAbove(root)
    .map((at) => join(at, 'node_modules'))
    .filter((folder) => existsSync(folder))
}

/** Plimsoll as it is installed in the workspace decides about it, so that it stays as it is. */
const ownFolder = join(import.meta.dirname, '..', '..', '..')

/**
 * What commands see: the system read-only, an empty home, the workspace at its own path, sockets to the lab. Nothing
 * else of the machine is there.
 */
export const planMounts = ({ root, covers, copies, fixed, doors }: Seen): Mount[] => {
  const own = relative(root, ownFolder).split('/').includes('node_modules')
    ? ownFolder
    : join(ownFolder, 'bin')
  return [
    ...systemMounts(),
    { kind: 'proc', to: '/proc' },
    { kind: 'dev', to: '/dev' },
    { kind: 'empty', to: '/tmp' },
    { kind: 'empty', to: '/var' },
    { kind: 'empty', to: '/run' },
    { kind: 'empty', to: homedir() },
    ...lend([...lentPaths(), ...packagesAbove(root)]),
    { kind: 'write', from: root, to: root },
    ...readOnly([own]),
    ...readOnly(fixed.filter((path) => existsSync(path))),
    ...copies.map((copy): Mount => ({ kind: 'write', ...copy })),
    ...covers.map((cover): Mount => ({ kind: 'read', ...cover })),
    { kind: 'read', from: doors, to: doors },
  ]
}

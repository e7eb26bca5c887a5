import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { copyTree } from '../../instruments/files/copy-tree.ts'
import { mirrorModules } from './mirror-modules.ts'

export type StageCopy = {
  /** absolute; nothing above it is looked at for tools or packages */
  top: string
  /** the copy of the root, absolute */
  root: string
  limits: string[]
}

export type StageCopyOptions = {
  /** absolute folder of the repo */
  root: string
  /** absolute; must not exist yet */
  to: string
  /** dependencies will be installed in the copy, so none are linked */
  install: boolean
  signal: AbortSignal
}

const ancestorsOf = (dir: string): string[] => {
  const above = dirname(dir)
  return above === dir ? [] : [above, ...ancestorsOf(above)]
}

/** What a program below finds by looking upwards: installed packages, the module type, compiler settings. */
const linkAncestor = async (from: string, to: string) => {
  await mkdir(to, { recursive: true })
  if (existsSync(join(from, 'node_modules')))
    await symlink(join(from, 'node_modules'), join(to, 'node_modules'))
  for (const name of await readdir(from)) {
    if (/^(?:package\.json|tsconfig.*\.json)$/.test(name)) await copyFile(join(from, name), join(to, name))
  }
}

/**
 * Copies the repo into the scratch folder, at the same depth below any ancestor that holds node_modules. Installed
 * packages and virtual environments are linked, so the user's tree is read and never written.
 */
export const stageCopy = async ({ root, to, install, signal }: StageCopyOptions): Promise<StageCopy> => {
  const ancestors = ancestorsOf(root)
  const highest = ancestors.findLast((dir) => existsSync(join(dir, 'node_modules'))) ?? root
  const between = ancestors.filter((dir) => !relative(highest, dir).startsWith('..'))
  for (const dir of between) await linkAncestor(dir, join(to, relative(highest, dir)))
  const staged = join(to, relative(highest, root))
  const link = async (path: string) => {
    // An installer follows links: it would write into the user's own environment.
    if (!install) await symlink(join(root, path), join(staged, path))
  }
  const modules = (path: string) =>
    install ? Promise.resolve() : mirrorModules(join(root, path), join(staged, path), root, staged)
  const special = new Map([
    ['node_modules', modules],
    ['.venv', link],
    ['venv', link],
  ])
  const heavy = await copyTree(root, staged, { special, signal })
  const limits = heavy.map((path) => `${path} is ignored by git and over 64 MB: the app runs without it`)
  return { top: to, root: staged, limits }
}

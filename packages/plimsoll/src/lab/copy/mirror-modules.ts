import { cp, lstat, mkdir, readdir, realpath, symlink } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** Bookkeeping of package managers that resolution and tools read. */
const LINKED_DOTS = new Set([
  '.bin',
  '.pnpm',
  '.store',
  '.package-lock.json',
  '.modules.yaml',
  '.yarn-state.yml',
])

/** Tools that write beside themselves when they generate: they get a copy, so that the original stays as it is. */
const WRITES_INSIDE = /^(?:\.prisma|@prisma\/.*|prisma)$/

/**
 * Rebuilds a node_modules folder out of links: packages lead to the originals, workspace packages to their
 * staged copies, so that the staged code runs and nothing is installed.
 * @param root absolute folder that is staged as `staged`
 */
export const mirrorModules = async (
  from: string,
  to: string,
  root: string,
  staged: string,
): Promise<void> => {
  const base = await realpath(root)
  const mirrorEntry = async (name: string) => {
    const original = join(from, name)
    if (name.startsWith('.') && !LINKED_DOTS.has(name) && !WRITES_INSIDE.test(name)) return
    const stat = await lstat(original)
    const target = stat.isSymbolicLink() ? await realpath(original).catch(() => null) : original
    if (target === null) return
    const inside = relative(base, target)
    const ours = !inside.startsWith('..') && !inside.split(sep).includes('node_modules')
    if (stat.isSymbolicLink() && ours) await symlink(join(staged, inside), join(to, name))
    else if (!stat.isSymbolicLink() && WRITES_INSIDE.test(name)) {
      await cp(original, join(to, name), { recursive: true, verbatimSymlinks: true })
    } else await symlink(target, join(to, name))
  }
  await mkdir(to, { recursive: true })
  for (const name of await readdir(from)) {
    if (!name.startsWith('@')) await mirrorEntry(name)
    else {
      await mkdir(join(to, name))
      for (const child of await readdir(join(from, name))) await mirrorEntry(`${name}/${child}`)
    }
  }
}

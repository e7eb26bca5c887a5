import { constants } from 'node:fs'
import { copyFile, lchown, mkdir, readdir, readlink, symlink } from 'node:fs/promises'
import { join } from 'node:path'

const isGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

export type TreeEntry = { path: string; kind: 'folder' | 'file' | 'link' }

/**
 * Everything below a folder, parents before children, sorted; paths relative to it.
 * @param live a folder that vanishes meanwhile is empty
 */
export const listTree = async (dir: string, below = '', live = false): Promise<TreeEntry[]> => {
  const entries = await readdir(join(dir, below), { withFileTypes: true }).catch((error: unknown) => {
    if (live && isGone(error)) return []
    throw error
  })
  entries.sort((one, other) => (one.name < other.name ? -1 : 1))
  const nested = await Promise.all(
    entries.map(async (entry): Promise<TreeEntry[]> => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isSymbolicLink()) return [{ path, kind: 'link' }]
      if (!entry.isDirectory()) return [{ path, kind: 'file' }]
      return [{ path, kind: 'folder' }, ...(await listTree(dir, path, live))]
    }),
  )
  return nested.flat()
}

export type TreeOwner = { uid: number; gid: number }

/**
 * Copies a tree into an existing folder, sharing blocks where the file system can; modes are kept by file.
 * @param live the tree is in use: what vanishes meanwhile is left out, and so is what `live` does not want
 */
export const copyTree = async (
  from: string,
  to: string,
  owner?: TreeOwner,
  live?: (path: string) => boolean,
): Promise<void> => {
  const entries = (await listTree(from, '', live !== undefined)).filter(({ path }) => live?.(path) ?? true)
  const give = async (path: string) => owner && lchown(path, owner.uid, owner.gid)
  for (const { path, kind } of entries) {
    if (kind !== 'folder') continue
    await mkdir(join(to, path), { mode: owner ? 0o700 : 0o755 })
    await give(join(to, path))
  }
  await Promise.all(
    entries.map(async ({ path, kind }) => {
      if (kind === 'folder') return
      const target = join(to, path)
      try {
        if (kind === 'link') await symlink(await readlink(join(from, path)), target)
        else await copyFile(join(from, path), target, constants.COPYFILE_FICLONE)
      } catch (error) {
        if (live === undefined || !isGone(error)) throw error
        return
      }
      await give(target)
    }),
  )
}

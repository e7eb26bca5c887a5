import { constants } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { git } from '../../../instruments/source/git.ts'
import type { Store } from '../../../stores/define.ts'

/**
 * Copies data files of the workspace that no checkpoint holds, because git ignores them: commands work on the copies.
 * @param to folder that does not exist yet
 */
export const copyData = async (
  root: string,
  stores: readonly Store[],
  to: string,
): Promise<{ path: string; from: string }[]> => {
  const found = (await Promise.all(stores.map(({ files }) => files?.(root) ?? []))).flat()
  if (found.length === 0) return []
  const ignored = await git(root, ['check-ignore', '-z', '--stdin'], { input: found.join('\0') })
  const wanted = (ignored ?? '').split('\0').filter((file) => found.includes(file))
  await mkdir(to, { recursive: true })
  return Promise.all(
    wanted.map(async (file, index) => {
      const copy = { path: join(root, file), from: join(to, String(index)) }
      await copyFile(copy.path, copy.from, constants.COPYFILE_FICLONE)
      return copy
    }),
  )
}

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Patch } from '../../model/patch.ts'
import { writeWhole } from '../files/write.ts'

const BOM = '\uFEFF'

const isMissing = (thrown: unknown) => thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'

const textOf = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8')
  } catch (thrown) {
    if (isMissing(thrown)) return null
    throw thrown
  }
}

/** A patch that was put into a folder, and the way back. */
export type Applied = {
  /** brings the files of the patch back as they were, byte-order marks included */
  revert(): Promise<void>
}

const write = (path: string, text: string | null) =>
  text === null ? rm(path, { force: true }) : writeWhole(path, text)

/**
 * Puts a patch into a folder, all of it or nothing.
 * @returns null where a file is not as the patch found it; nothing is written then
 */
export const applyPatch = async (root: string, changes: Patch['changes']): Promise<Applied | null> => {
  const found = await Promise.all(
    changes.map(async (change) => ({
      ...change,
      path: join(root, change.file),
      now: await textOf(join(root, change.file)),
    })),
  )
  const isAsFound = found.every(({ before, now }) => (now?.startsWith(BOM) ? now.slice(1) : now) === before)
  if (!isAsFound) return null
  const done: typeof found = []
  const revert = async () => {
    for (const { path, now } of done.splice(0).reverse()) await write(path, now)
  }
  try {
    for (const one of found) {
      done.push(one)
      await write(one.path, one.after === null ? null : `${one.now?.startsWith(BOM) ? BOM : ''}${one.after}`)
    }
  } catch (thrown) {
    await revert()
    throw thrown
  }
  return { revert }
}

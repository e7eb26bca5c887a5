import { lstat, readlink, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

const MOST_LINKS = 40

const isLink = async (path: string): Promise<boolean> => {
  try {
    return (await lstat(path)).isSymbolicLink()
  } catch {
    return false
  }
}

/** Where an absolute path really leads, also when nothing is there yet; null for links that lead in a circle. */
export const followLinks = async (path: string, left = MOST_LINKS): Promise<string | null> => {
  try {
    return await realpath(path)
  } catch {
    const above = dirname(path)
    if (above === path) return path
    if (await isLink(path)) {
      return left === 0 ? null : followLinks(resolve(above, await readlink(path)), left - 1)
    }
    const parent = await followLinks(above, left)
    return parent === null ? null : join(parent, basename(path))
  }
}

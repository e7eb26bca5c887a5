import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import type { Entry, Files } from './files.ts'
import { followLinks } from './follow-links.ts'

const codeOf = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)

const ABSENT = new Set(['ENOENT', 'ENOTDIR'])

const isWithin = (root: string, path: string) =>
  path === root || path.startsWith(root === sep ? sep : root + sep)

/** The whole text or nothing, with the mode of what was there. */
const replaceFile = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true })
  const before = await stat(path).catch(() => null)
  const draft = `${path}.${randomBytes(4).toString('hex')}.tmp`
  try {
    const file = await open(draft, 'wx')
    try {
      await file.writeFile(text)
    } finally {
      await file.close()
    }
    if (before !== null) await chmod(draft, before.mode)
    await rename(draft, path)
  } catch (thrown) {
    await rm(draft, { force: true })
    throw thrown
  }
}

const kindOf = async (path: string) => {
  const found = await stat(path)
  return { isFile: found.isFile(), isDirectory: found.isDirectory() }
}

/**
 * Opens a folder as a workspace.
 * @throws E_NOT_A_FOLDER
 */
export const openFiles = async (dir: string): Promise<Files> => {
  const root = await realpath(dir).catch(() => resolve(dir))
  if (!(await stat(root).catch(() => null))?.isDirectory()) throw fault('E_NOT_A_FOLDER', { dir })

  const find = async (path: string): Promise<string> => {
    const found = path.includes('\0') ? null : await followLinks(resolve(root, path))
    if (found === null || !isWithin(root, found)) throw fault('E_OUTSIDE_WORKSPACE', { path, root })
    return found
  }
  const shown = (path: string) => relative(root, path).split(sep).join('/') || '.'
  const entryAt = async (path: string): Promise<Entry | null> => {
    try {
      const found = await stat(path)
      return { path: shown(path), bytes: found.size, isFolder: found.isDirectory() }
    } catch (thrown) {
      if (ABSENT.has(codeOf(thrown))) return null
      throw thrown
    }
  }
  const changing = async (path: string, change: (found: string) => Promise<void>) => {
    const found = await find(path)
    try {
      await change(found)
    } catch (cause) {
      throw fault('E_FILE_NOT_WRITTEN', { file: path, problem: codeOf(cause) }, { cause })
    }
  }

  return {
    root,
    async read(path) {
      try {
        const found = await find(path)
        // A pipe or a device has no end to wait for.
        const { isFile, isDirectory } = await kindOf(found)
        return isFile || isDirectory ? await readFile(found) : null
      } catch (thrown) {
        if (ABSENT.has(codeOf(thrown))) return null
        throw thrown
      }
    },
    write: (path, text) => changing(path, (found) => replaceFile(found, text)),
    async remove(path) {
      // The link itself goes, not what it leads to: so its folder is what has to lie inside.
      const whole = resolve(root, path)
      await changing(dirname(whole), (folder) => rm(join(folder, basename(whole)), { force: true }))
    },
    async list(path) {
      const folder = await find(path)
      const names = await readdir(folder).catch((thrown: unknown) => {
        if (ABSENT.has(codeOf(thrown))) return []
        throw thrown
      })
      const entries = names.sort().map(async (name): Promise<Entry[]> => {
        const real = await followLinks(join(folder, name))
        if (real === null || !isWithin(root, real)) return []
        const entry = await entryAt(real)
        return entry === null ? [] : [{ ...entry, path: shown(join(folder, name)) }]
      })
      return (await Promise.all(entries)).flat()
    },
    stat: async (path) => entryAt(await find(path)),
    place: async (path) => shown(await find(path)),
  }
}

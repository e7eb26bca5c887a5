import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSecretFile } from './secret-files.ts'

export type SecretFile = { /** relative to the folder that was searched */ path: string; text: string }

const PASSED_OVER = new Set(['node_modules', '.git', '.venv', 'venv', '.plimsoll', '__pycache__', 'target'])
const DEEPEST = 8
const LARGEST = 1_000_000

/** Paths of the files below a folder that hold secrets by their name, relative to it. */
export const findSecretFiles = async (root: string, dir = '', depth = 0): Promise<string[]> => {
  const entries = await readdir(join(root, dir), { withFileTypes: true }).catch(() => [])
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const path = dir === '' ? entry.name : `${dir}/${entry.name}`
      if (entry.isDirectory())
        return depth < DEEPEST && !PASSED_OVER.has(entry.name) ? findSecretFiles(root, path, depth + 1) : []
      return entry.isFile() && isSecretFile(path) ? [path] : []
    }),
  )
  return found.flat()
}

/** Likewise, with what is in them. */
export const readSecretFiles = async (root: string): Promise<SecretFile[]> =>
  Promise.all(
    (await findSecretFiles(root)).map(async (path) => {
      const text = await readFile(join(root, path), 'utf8').catch(() => '')
      return { path, text: text.slice(0, LARGEST) }
    }),
  )

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { closeForeign } from '../environment/store-addresses.ts'

const ENV_FILE = /^\.?env(?:[._-][\w.-]+)?$|\.env$/i
const NOT_OURS = new Set(['node_modules', '.git', '.venv', 'venv'])
const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=/
const DEEPEST = 8

const envFilesBelow = async (dir: string, depth = 0): Promise<string[]> => {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
  const found = entries.map(async (entry) => {
    if (entry.isFile()) return ENV_FILE.test(entry.name) ? [join(dir, entry.name)] : []
    const enter = entry.isDirectory() && depth < DEEPEST && !NOT_OURS.has(entry.name)
    return enter ? envFilesBelow(join(dir, entry.name), depth + 1) : []
  })
  return (await Promise.all(found)).flat()
}

/**
 * Takes what the lab decides out of the copy's env files: a loader that lets its file win over the environment would
 * lead the app past the lab, to the database that the file names. Stores of other machines are closed in what is left.
 * @param root absolute folder of the copy; the user's own files are never written
 */
export const freeEnvFiles = async (root: string, names: ReadonlySet<string>): Promise<void> => {
  for (const file of await envFilesBelow(root)) {
    const text = await readFile(file, 'utf8')
    const lines = text.split('\n')
    const kept = lines.filter((line) => !names.has(ASSIGNMENT.exec(line)?.[1] ?? '')).map(closeForeign)
    const freed = kept.join('\n')
    if (freed !== text) await writeFile(file, freed)
  }
}

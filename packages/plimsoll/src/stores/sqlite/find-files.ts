import { existsSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

const MAGIC = Buffer.from('SQLite format 3\0')

/** Installed code and version control hold no data of the app. */
const SKIPPED = new Set(['node_modules', '.git', '.venv', 'venv', '__pycache__', '.plimsoll'])

const FOLDERS_DEEP = 8

/** SQLite writes these beside a database; they are part of its state. */
export const COMPANIONS = ['-wal', '-shm', '-journal']

const isDatabase = async (file: string): Promise<boolean> => {
  const handle = await open(file).catch(() => null)
  if (!handle) return false
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
    return bytesRead === MAGIC.length && buffer.equals(MAGIC)
  } catch {
    return false
  } finally {
    await handle.close()
  }
}

/**
 * Every SQLite database below a folder, known by its first bytes and not by its name; relative to the folder, sorted.
 * Links are not followed. A folder that cannot be read holds none.
 */
export const findDatabases = async (dir: string, below = '', depth = 0): Promise<string[]> => {
  const entries = await readdir(join(dir, below), { withFileTypes: true }).catch(() => [])
  const found: string[] = []
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory() && !SKIPPED.has(entry.name) && depth < FOLDERS_DEEP)
      found.push(...(await findDatabases(dir, path, depth + 1)))
    else if (entry.isFile() && (await isDatabase(join(dir, path)))) found.push(path)
  }
  return found.sort()
}

/** Databases and what stands beside them. */
export const findStateFiles = async (dir: string): Promise<string[]> => {
  const names = (await findDatabases(dir)).flatMap((file) =>
    ['', ...COMPANIONS].map((end) => `${file}${end}`),
  )
  return names.filter((file) => existsSync(join(dir, file)))
}

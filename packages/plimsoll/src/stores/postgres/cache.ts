import { createHash, randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { listTree } from './tree.ts'

const SEAL = 'complete.txt'
const HOUR_MS = 3_600_000
const PLACING_TURNS = 10

/**
 * The folder that outlives runs, for what is slow to make. Ours alone to write; others may pass through it, since
 * a server that root starts runs as another user. Throws E_CANNOT_WRITE when somebody else holds its name.
 */
export const openCache = async (parent = tmpdir()): Promise<string> => {
  const uid = process.getuid?.() ?? 0
  const dir = join(parent, `plimsoll-cache-${uid}`)
  await mkdir(dir, { recursive: true, mode: 0o711 })
  const found = await lstat(dir)
  if (!found.isDirectory() || (process.getuid && found.uid !== uid))
    throw fault('E_CANNOT_WRITE', { dir, problem: 'it belongs to another user' })
  if ((found.mode & 0o777) !== 0o711) await chmod(dir, 0o711)
  return dir
}

const fingerprint = async (dir: string): Promise<string> => {
  const hash = createHash('sha256')
  for (const entry of await listTree(dir)) {
    if (entry.path === SEAL) continue
    const size = entry.kind === 'file' ? (await stat(join(dir, entry.path))).size : 0
    hash.update(`${entry.kind} ${entry.path} ${size}\n`)
  }
  return hash.digest('hex')
}

const isComplete = async (dir: string): Promise<boolean> => {
  try {
    return (await readFile(join(dir, SEAL), 'utf8')) === (await fingerprint(dir))
  } catch {
    return false
  }
}

/** Removes what builds that were killed left behind. */
const sweep = async (cache: string): Promise<void> => {
  for (const name of await readdir(cache)) {
    if (!name.includes('.part-')) continue
    const dir = join(cache, name)
    const found = await stat(dir).catch(() => null)
    if (found && Date.now() - found.mtimeMs > HOUR_MS) await rm(dir, { recursive: true, force: true })
  }
}

/** Out of the way in one step, so that nobody sees a half-removed folder under the name. */
export const discard = async (dir: string): Promise<void> => {
  const aside = `${dir}.part-${randomBytes(4).toString('hex')}`
  await rename(dir, aside).catch(() => null)
  await rm(aside, { recursive: true, force: true })
}

/**
 * Gives the finished `part` its name. Whoever comes second takes what is there, when it is whole; only what is
 * damaged is moved away, and that may be met by another doing the same: hence the turns.
 */
const putInPlace = async (part: string, place: string): Promise<void> => {
  for (let turn = 1; ; turn += 1) {
    const problem: unknown = await rename(part, place).catch((cause: unknown) => cause)
    if (problem === undefined || (await isComplete(place))) return
    if (turn === PLACING_TURNS)
      throw fault('E_CANNOT_WRITE', { dir: place, problem: String(problem) }, { cause: problem })
    await discard(place)
  }
}

/**
 * The finished folder `name`: the cached one when every file of it is there with its size, else a new one.
 * `build` fills an empty folder, which then appears under its name in one step; of several at once, one wins.
 */
export const cached = async (
  cache: string,
  name: string,
  build: (dir: string) => Promise<void>,
): Promise<string> => {
  const place = join(cache, name)
  if (await isComplete(place)) return place
  await sweep(cache)
  const part = `${place}.part-${randomBytes(4).toString('hex')}`
  try {
    await mkdir(part, { mode: 0o711 })
    await build(part)
    await writeFile(join(part, SEAL), await fingerprint(part))
    await putInPlace(part, place)
    return place
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

import { randomBytes } from 'node:crypto'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { shortId } from '../../base/ids/short-id.ts'
import { nearest } from '../../base/text/nearest.ts'
import { ensureWritable } from '../../instruments/files/write.ts'

export const SESSIONS_DIR = '.plimsoll/sessions'

export const sessionDir = (root: string, id: string): string => join(root, SESSIONS_DIR, id)

export const journalFile = (dir: string): string => join(dir, 'journal.jsonl')

/** Ids of the sessions of a workspace, the one that was written last first. */
export const listSessionIds = async (root: string): Promise<string[]> => {
  const names = await readdir(join(root, SESSIONS_DIR)).catch(() => [])
  const dated = await Promise.all(
    names.map(async (id) => {
      const found = await stat(journalFile(sessionDir(root, id))).catch(() => null)
      return found === null ? [] : [{ id, writtenMs: found.mtimeMs }]
    }),
  )
  return dated
    .flat()
    .sort((a, b) => b.writtenMs - a.writtenMs || b.id.localeCompare(a.id))
    .map(({ id }) => id)
}

/**
 * The session that is meant: the one named, or the newest.
 * @throws E_NO_SESSION where there is none at all, E_UNKNOWN_ID for a name that none has
 */
export const findSession = async (root: string, id?: string): Promise<string> => {
  const ids = await listSessionIds(root)
  const [newest] = ids
  if (newest === undefined) throw fault('E_NO_SESSION', { dir: SESSIONS_DIR })
  if (id === undefined || ids.includes(id)) return id ?? newest
  const starts = ids.filter((one) => one.startsWith(id) || one.endsWith(`-${id}`))
  if (starts.length === 1) return starts[0] ?? newest
  const close = nearest(id, ids)
  const candidates = close === null ? 'For the list: plimsoll sessions' : `Did you mean "${close}"?`
  throw fault('E_UNKNOWN_ID', { id, candidates })
}

/** A folder of its own for a new session: `20261122-k3f9`. What lies below `.plimsoll` stays out of every commit. */
export const makeSessionDir = async (root: string, now: Date): Promise<{ id: string; dir: string }> => {
  const above = join(root, SESSIONS_DIR)
  await ensureWritable(above)
  await writeFile(join(root, '.plimsoll', '.gitignore'), '*\n').catch(() => undefined)
  const day = now.toISOString().slice(0, 10).replaceAll('-', '')
  const id = `${day}-${shortId([randomBytes(16).toString('hex')], 5)}`
  const dir = join(above, id)
  await mkdir(dir)
  return { id, dir }
}

import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { parseJson } from '../../base/json/parse-json.ts'
import { listProcesses } from '../../instruments/process/list-processes.ts'

type Owner = { pid: number; started: number }

const MOST_ATTEMPTS = 20

const readOwner = async (file: string): Promise<Owner | null> => {
  const owner = parseJson(await readFile(file, 'utf8').catch(() => ''))
  if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('started' in owner)) return null
  return { pid: Number(owner.pid), started: Number(owner.started) }
}

/** A process id alone is not enough: after a crash the system gives it to another. */
const isAlive = ({ pid, started }: Owner) =>
  listProcesses().some((one) => one.pid === pid && one.started === started)

const isTaken = (thrown: unknown) => thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST'

/**
 * Makes this process the only one that writes a session. The claim of a process that is gone counts for nothing.
 * @returns gives it back
 * @throws E_SESSION_IN_USE
 */
export const claimSession = async (dir: string, id: string): Promise<() => Promise<void>> => {
  const file = join(dir, 'owner.json')
  const draft = `${file}.${randomBytes(4).toString('hex')}`
  const started = listProcesses().find(({ pid }) => pid === process.pid)?.started ?? 0
  await writeFile(draft, JSON.stringify({ pid: process.pid, started }))
  try {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      try {
        await link(draft, file)
        return () => rm(file, { force: true })
      } catch (thrown) {
        if (!isTaken(thrown)) throw thrown
      }
      const owner = await readOwner(file)
      if (owner !== null && isAlive(owner)) throw fault('E_SESSION_IN_USE', { id, pid: owner.pid })
      await dropStale(file, owner)
    }
    throw fault('E_SESSION_IN_USE', { id, pid: 'unknown' })
  } finally {
    await rm(draft, { force: true })
  }
}

/** Of two that find the same dead owner, the slower one must not take away what the faster one has claimed. */
const dropStale = async (file: string, dead: Owner | null): Promise<void> => {
  const aside = `${file}.${randomBytes(4).toString('hex')}`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  const moved = await readOwner(aside)
  if (moved !== null && (moved.pid !== dead?.pid || moved.started !== dead.started)) {
    await link(aside, file).catch(() => undefined)
  }
  await rm(aside, { force: true })
}

import type { Checkpoint, Endpoint } from '../../define.ts'
import { codeOf } from '../connect.ts'
import { changesSince } from './changes.ts'
import { readLayout } from './layout.ts'
import { restore } from './restore.ts'
import { save } from './saved.ts'
import { readPositions } from './sequences.ts'
import { openSession, type Session } from './session.ts'

const MOST_BYTES = 64 * 1024 * 1024

/** The server gave up waiting: a table is locked, or the whole took too long. */
const GAVE_UP = new Set(['55P03', '57014'])

/** One at a time, in the order in which they were asked for, whatever becomes of the one before. */
const oneAtATime = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work, work)
    last = result.catch(() => {})
    return result
  }
}

const take = async (session: Session): Promise<Checkpoint | null> => {
  const { client } = session
  const layout = await readLayout(client)
  if (layout.bytes > MOST_BYTES) return null
  const saved = await save(client, layout)
  const positions = await readPositions(client, layout.sequences)
  const inTurn = oneAtATime()
  return {
    restore: (options = {}) => inTurn(() => restore({ session, saved, positions, skip: options.skip ?? 0 })),
    changes: () => inTurn(() => changesSince(client, saved)),
    close: () => client.end(),
  }
}

/** Null when the tables take more than 64 MB together, or one of them stays locked. */
export const openCheckpoint = async (endpoint: Endpoint): Promise<Checkpoint | null> => {
  const session = await openSession(endpoint)
  try {
    const checkpoint = await take(session)
    if (!checkpoint) await session.client.end()
    return checkpoint
  } catch (error) {
    await session.client.end()
    if (GAVE_UP.has(codeOf(error) ?? '')) return null
    throw error
  }
}

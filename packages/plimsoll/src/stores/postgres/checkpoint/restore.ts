import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { codeOf } from '../connect.ts'
import { matchTables, readTables, type Table } from './layout.ts'
import { deleteExtra, swapRows } from './rows.ts'
import { findDiffering, type Saved } from './saved.ts'
import { type Position, resetSequences } from './sequences.ts'
import { type Session, transact } from './session.ts'

const GIVE_UP_AFTER_MS = 5_000
const ASK_AGAIN_AFTER_MS = 20

/** With references and triggers at work, a round may undo a part of the one before; these are plenty. */
const ROUNDS = 6

const LOCKED = '55P03'

/** Rolled back alone, when a reference or a trigger is against it: a later round may find it possible. */
const attempt = async (client: pg.Client, sql: string): Promise<void> => {
  await client.query('SAVEPOINT plimsoll_attempt')
  try {
    await client.query(sql)
    await client.query('RELEASE plimsoll_attempt')
  } catch {
    await client.query('ROLLBACK TO plimsoll_attempt')
  }
}

const putBack = async ({ client, replica }: Session, tables: [number, Table][]): Promise<void> => {
  if (replica) {
    for (const [index, table] of tables) await client.query(swapRows(table, index))
    return
  }
  for (const [index, table] of tables.toReversed()) await attempt(client, deleteExtra(table, index))
  for (const [index, table] of tables) await attempt(client, swapRows(table, index))
}

type Work = { session: Session; saved: Saved; positions: ReadonlyMap<string, Position>; skip: number }

/**
 * Whoever has written or locked a row, and not ended its transaction, is in the way. Not waiting in line for the locks
 * leaves the app's own statements undisturbed.
 */
const restoreOnce = async ({ session, saved, positions, skip }: Work): Promise<boolean> => {
  const { client } = session
  const now = await readTables(client)
  const { tables, gone } = matchTables(saved.tables, now)
  if (gone.length > 0) return false
  if (now.length > 0) {
    const names = now.map(({ sql }) => `ONLY ${sql}`)
    await client.query(`LOCK TABLE ${names.join()} IN EXCLUSIVE MODE NOWAIT`)
  }
  if (!session.replica) await client.query('SET CONSTRAINTS ALL DEFERRED')
  for (let round = 0; round < ROUNDS; round += 1) {
    const differing = new Set(await findDiffering(client, saved, tables))
    if (differing.size === 0) {
      await resetSequences(client, saved.sequences, positions, skip)
      return true
    }
    const wrong = [...tables].filter(([index]) => differing.has(index))
    await putBack(session, wrong)
  }
  return false
}

const restoreOrGiveUp = async (work: Work): Promise<boolean> => {
  const until = performance.now() + GIVE_UP_AFTER_MS
  for (;;) {
    try {
      return await transact(work.session.client, 'BEGIN', () => restoreOnce(work))
    } catch (error) {
      if (codeOf(error) !== LOCKED || performance.now() > until) return false
      await sleep(ASK_AGAIN_AFTER_MS)
    }
  }
}

/** False when it could not be done; then nothing has changed. */
export const restore = async (work: Work): Promise<boolean> => {
  const done = await restoreOrGiveUp(work)
  // What was seen inside a transaction that was rolled back says nothing of after.
  if (!done) work.saved.ended = null
  return done
}

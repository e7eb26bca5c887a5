import type pg from 'pg'
import { quote } from '../connect.ts'
import { withoutTriggers } from './fill.ts'
import type { Pool } from './pool.ts'
import { share, spread } from './spread.ts'
import type { Reference, Table } from './table.ts'

const BATCH = 50_000

/** Share of the copied rows in which the reference points at something. */
const readShare = async (client: pg.Client, source: string, { columns }: Reference): Promise<number> => {
  const { rows } = await client.query<{ share: number | null }>(
    `SELECT avg((${columns.map((name) => `${quote(name)} IS NOT NULL`).join(' AND ')})::int)::float8 AS share
     FROM ${source}`,
  )
  return rows[0]?.share ?? 0
}

const isUnique = (table: Table, { columns }: Reference): boolean =>
  table.keys.some((key) => key.columns.every((name) => columns.includes(name)))

/** A row of a tree gets one that was added before it, so that the tree stays one. */
const parentOf = (table: Table, reference: Reference, parents: Pool, salt: number): string => {
  if (isUnique(table, reference)) return 'me.plimsoll_k'
  if (reference.parent === table.oid) return spread('me.plimsoll_k', salt, 'greatest(me.plimsoll_k, 1)')
  return parents.fresh > 0
    ? spread('me.plimsoll_k', salt, parents.fresh)
    : `-1 - ${spread('me.plimsoll_k', salt, Math.max(parents.old, 1))}`
}

export type LateQuestion = {
  table: Table
  reference: Reference
  own: Pool
  parents: Pool
  source: string
  signal: AbortSignal
}

/** Lets new rows point at new rows where that had to wait until both were there. Throws what the server says. */
export const fillLate = async (client: pg.Client, question: LateQuestion): Promise<void> => {
  const { table, reference, own, parents, source, signal } = question
  const key = table.keys.find(({ primary }) => primary)
  if (key === undefined) return
  const salt = 1_000 + 10 * table.references.indexOf(reference)
  const pairs = reference.columns.map(
    (name, index) => `${quote(name)} = p.${quote(reference.parentColumns[index] ?? '')}`,
  )
  const update = `UPDATE ${table.sql} t SET ${pairs.join(', ')}
    FROM ${own.sql} me JOIN ${parents.sql} p ON p.plimsoll_k = ${parentOf(table, reference, parents, salt)}
    WHERE me.plimsoll_k BETWEEN $1 AND $2 AND ${share('me.plimsoll_k', salt + 1, await readShare(client, source, reference))}
      AND ${key.columns.map((name) => `t.${quote(name)} = me.${quote(name)}`).join(' AND ')}
      AND ${reference.parent === table.oid ? 'me.plimsoll_k > 0' : 'true'}`
  for (let from = 0; from < own.fresh && !signal.aborted; from += BATCH) {
    await withoutTriggers(client, table, () => client.query(update, [from, from + BATCH - 1]))
  }
}

import type pg from 'pg'
import type { Sequence } from './layout.ts'

/** Where a sequence stands. */
export type Position = { sql: string; last: string; called: boolean }

export const readPositions = async (
  client: pg.Client,
  sequences: readonly Sequence[],
): Promise<Map<string, Position>> => {
  if (sequences.length === 0) return new Map()
  const selects = sequences.map(
    ({ sql }, index) => `SELECT ${index} AS index, last_value::text AS last, is_called AS called FROM ${sql}`,
  )
  const { rows } = await client.query<{ index: number; last: string; called: boolean }>(
    selects.join(' UNION ALL '),
  )
  return new Map(
    rows.flatMap(({ index, last, called }) => {
      const sql = sequences[index]?.sql
      return sql === undefined ? [] : [[sql, { sql, last, called }]]
    }),
  )
}

/** So much further, or where it was when that would be past its end. */
const further = (sequence: Sequence, { last }: Position, skip: number): string => {
  const next = BigInt(last) + BigInt(skip) * BigInt(sequence.increment)
  return next < BigInt(sequence.least) || next > BigInt(sequence.greatest) ? last : String(next)
}

/** Not undone by a rollback, so it comes last. */
export const resetSequences = async (
  client: pg.Client,
  sequences: readonly Sequence[],
  saved: ReadonlyMap<string, Position>,
  skip: number,
): Promise<void> => {
  const now = await readPositions(client, sequences)
  const calls = sequences.flatMap((sequence) => {
    const before = saved.get(sequence.sql)
    const current = now.get(sequence.sql)
    if (!before || !current) return []
    const last = further(sequence, before, skip)
    if (current.last === last && current.called === before.called) return []
    return [`setval('${sequence.sql.replaceAll("'", "''")}', ${last}, ${before.called})`]
  })
  if (calls.length > 0) await client.query(`SELECT ${calls.join()}`)
}

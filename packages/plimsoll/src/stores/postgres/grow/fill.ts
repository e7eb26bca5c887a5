import type pg from 'pg'
import { codeOf, quote } from '../connect.ts'
import type { Table } from './table.ts'

/** Rows a statement; the first one is small, so that what can never work fails soon. */
const BATCH = 50_000
const FIRST = 1_000
/** After so many refused statements the rest would be refused as well. */
const MOST_REFUSED = 30
/** Rows that collided are tried again with other values so many times. */
const PASSES = 4
/** Data that was refused, or a rule of the app's own: fewer rows may do. */
const REFUSED = /^(?:22|23|P0)/

export type Filled = { made: number; kept: number /** the server's own words */; refused: string | null }

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * One statement with the app's own triggers off: what they would write elsewhere is filled by itself. References and
 * checks stay on, so that the server vouches for the data.
 */
export const withoutTriggers = async <T>(
  client: pg.Client,
  { sql, triggers }: Pick<Table, 'sql' | 'triggers'>,
  work: () => Promise<T>,
): Promise<T> => {
  if (triggers.length === 0) return work()
  const turn = (how: 'DISABLE' | 'ENABLE') =>
    client.query(`ALTER TABLE ${sql} ${triggers.map((name) => `${how} TRIGGER ${quote(name)}`).join(', ')}`)
  await client.query('BEGIN')
  try {
    await turn('DISABLE')
    const result = await work()
    await turn('ENABLE')
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

export type FillQuestion = {
  table: Table
  insert: string
  /** number of the first row */
  first: number
  wanted: number
  signal: AbortSignal
}

/** Adds rows until there are enough, or the server takes no more. Never throws; says what the server said. */
export const fill = async (client: pg.Client, question: FillQuestion): Promise<Filled> => {
  const { table, insert, wanted, signal } = question
  const filled: Filled = { made: 0, kept: 0, refused: null }
  let refusals = 0
  let ended = false
  const add = async (from: number, to: number): Promise<void> => {
    if (ended || signal.aborted) return
    try {
      const { rows } = await withoutTriggers(client, table, () =>
        client.query<{ made: number; kept: number }>(insert, [from, to, filled.kept]),
      )
      filled.made += rows[0]?.made ?? 0
      filled.kept += rows[0]?.kept ?? 0
    } catch (error) {
      filled.refused ??= messageOf(error)
      refusals += 1
      ended = !REFUSED.test(codeOf(error) ?? '') || refusals >= MOST_REFUSED
      const middle = Math.floor((from + to) / 2)
      if (from === to || ended) return
      await add(from, middle)
      await add(middle + 1, to)
    }
  }
  let next = question.first
  for (let pass = 0; pass < PASSES && filled.made < wanted && !ended && !signal.aborted; pass += 1) {
    const before = filled.made
    const end = next + wanted - filled.made
    for (let size = FIRST; next < end && !ended && !signal.aborted; size = BATCH) {
      const to = Math.min(next + size, end) - 1
      await add(next, to)
      next = to + 1
    }
    if (filled.made - before < (wanted - before) / 20) break
  }
  return filled
}

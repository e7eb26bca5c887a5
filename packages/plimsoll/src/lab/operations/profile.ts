import type { Exchange } from '../../model/evidence.ts'
import type { StatementFacts } from '../../model/statement-facts.ts'
import type { Changes } from '../../stores/define.ts'
import type { Lab, RequestOptions } from '../lab.ts'
import type { ControlledStore } from './controlled-store.ts'
import { settle } from './settle.ts'

/** One statement of an operation that ran alone. */
export type ProfiledStatement = {
  sql: string
  shape: string
  parameters: readonly (string | null)[]
  connection: number
  rows: number | null
  sqlstate?: string | undefined
  /** since the statement before it was answered, or since the request was sent */
  gapMs: number
  facts: StatementFacts
}

/** What one operation does when nothing else runs: its footprint. */
export type Profile = {
  exchange: Exchange
  statements: ProfiledStatement[]
  /** from the end of its last statement to its answer */
  tailMs: number
  changes: Changes
  /** false: a transaction was left open, or work went on for more than 5 s */
  settled: boolean
}

export type ProfileOptions = {
  /** shapes that come without any request */
  background: ReadonlySet<string>
  /** put the store back first; default true */
  restore?: boolean
  /** counters go on from that much further, so that what depends on them shows as volatile */
  skip?: number
  signal: AbortSignal
}

const withGaps = (
  records: readonly { atMs: number; durationMs: number | null }[],
  sentAtMs: number,
): { gaps: number[]; lastMs: number } => {
  let lastMs = sentAtMs
  const gaps = records.map(({ atMs, durationMs }) => {
    const gapMs = Math.max(0, atMs - lastMs)
    lastMs = Math.max(lastMs, atMs + (durationMs ?? 0))
    return gapMs
  })
  return { gaps, lastMs }
}

/** Runs one request alone from the checkpoint; null when the store could not be put back. */
export const profile = async (
  lab: Lab,
  request: RequestOptions,
  { wire, facts, checkpoint }: ControlledStore,
  { background, restore = true, skip = 0, signal }: ProfileOptions,
): Promise<Profile | null> => {
  if (restore && !(await checkpoint.restore({ skip }))) return null
  const mark = wire.mark()
  const sentAtMs = lab.nowMs()
  const exchange = await lab.http.request({ bodyLimit: 16_384, ...request, signal })
  const settled = await settle(lab, wire, background)
  const records = wire.since(mark).filter(({ shape }) => !background.has(shape))
  const { gaps, lastMs } = withGaps(records, sentAtMs)
  return {
    exchange,
    settled,
    tailMs: Math.max(0, sentAtMs + exchange.durationMs - lastMs),
    statements: records.map((record, index) => ({
      sql: record.sql,
      shape: record.shape,
      parameters: record.parameters,
      connection: record.connection,
      rows: record.rows,
      sqlstate: record.sqlstate,
      gapMs: gaps[index] ?? 0,
      facts: facts(record.sql),
    })),
    changes: await checkpoint.changes(),
  }
}

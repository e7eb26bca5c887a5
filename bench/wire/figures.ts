import type { Endpoint } from '../../packages/plimsoll/src/stores/define.ts'

/** What one load found out against one address. */
export type Figures = { perSecond: number; p50Us: number; p99Us: number }

/** One load: so many connections, each in a closed loop. */
export type Load = {
  name: string
  connections: number
  /** of rows in one answer, where that is what counts */
  megabytes?: number
  run(at: Endpoint, statements: number): Promise<Figures>
}

/** One way to the store; `pid` is the proxy's, null for none. */
export type Way = { name: string; at: Endpoint; pid: number | null }

/** One load against one way; `cpuUs` is what the proxy used for one statement, NaN where nobody can tell. */
export type Sample = Figures & { load: Load; way: string; cpuUs: number }

export const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN

export const median = (values: readonly number[]): number =>
  percentile(
    [...values].sort((one, other) => one - other),
    0.5,
  )

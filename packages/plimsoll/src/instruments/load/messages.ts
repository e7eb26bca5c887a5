import type { HistogramData } from '../../base/stats/histogram.ts'
import type { Share } from './agenda.ts'
import type { LoadPlan, LoadTick, OperationResult } from './load.ts'

/** What one thread says of its share of a run; times are of the system's monotonic clock, shared by all threads. */
export type LoadPart = {
  operations: OperationResult[]
  lateness: HistogramData
  ticks: LoadTick[]
  cpuMs: number | null
  connectionsOpened: number
  sendingMs: number
  endedAtMs: number
  refused: string | null
}

export type ToThread =
  | { kind: 'prepare'; run: number; plan: LoadPlan; share: Share }
  | { kind: 'start'; run: number; startMs: number }
  | { kind: 'stop'; run: number; graceMs: number }

export type FromThread =
  | { kind: 'prepared'; run: number }
  | { kind: 'tick'; run: number; tick: LoadTick }
  | { kind: 'part'; run: number; part: LoadPart }

/** Monotonic milliseconds, the same in every thread. */
export const systemMs = (): number => {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}

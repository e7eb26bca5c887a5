import type { GaugeReading } from '../../model/gauge.ts'

export type { GaugeReading }

/** Process ids of the roots; their groups and descendants are found. Null where the processes cannot be seen. */
export type Watched = { app(): readonly number[]; stores(): readonly number[] | null }

/**
 * **Contract:** a reading costs a few milliseconds of our own processor time (0.05 for each process of the machine), and
 * never throws.
 */
export type Gauge = {
  /** begins a reading; what it returns ends it */
  start(): () => GaugeReading
}

/** An echo server in a thread of its own: how late it answers is the machine's doing, not the target's. */
export type Sentinel = { host: string; port: number; close(): Promise<void> }

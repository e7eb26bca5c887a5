/** What used the machine between two moments. Cores are processor seconds per second; null where the system does not tell. */
export type GaugeReading = {
  durationMs: number
  cores: number
  /** the app and everything it started */
  appCores: number | null
  /** the busiest one thread of the app, 0..1: at 1 its event loop has no time left */
  appBusiestThread: number | null
  appMemoryMb: number | null
  appDescriptors: number | null
  /** the stores and everything they started */
  storeCores: number | null
  /** Plimsoll itself, the generator included */
  ownCores: number | null
  /** every other process of the machine */
  foreignCores: number | null
  /** taken by the host of a virtual machine */
  stolenCores: number | null
  /** share of the time in which some process waited for a processor (PSI `some`), 0..1 */
  pressure: number | null
  /** time in which a limit of the container kept processes from running */
  throttledMs: number | null
  /** what this system does not tell: `steal`, `pressure`, … */
  unmeasured: string[]
}

/** Process ids of the roots; descendants are found. */
export type Watched = { app(): readonly number[]; stores(): readonly number[] }

/** **Contract:** a reading costs a few milliseconds of our own processor time, and never throws. */
export type Gauge = {
  /** begins a reading; what it returns ends it */
  start(): () => GaugeReading
}

/** An echo server in a thread of its own: how late it answers is the machine's doing, not the target's. */
export type Sentinel = { host: string; port: number; close(): Promise<void> }

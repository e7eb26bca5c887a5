import type { HistogramData } from '../../base/stats/histogram.ts'

/** One request as it is sent; path, header values and body may hold placeholders (`{{word}}`) that are filled anew each time. */
export type LoadRequest = {
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  body?: string
}

export type LoadOperation = {
  /** `GET /orders/:id` */
  name: string
  /** its share of the arrivals is `weight / sum of weights` */
  weight: number
  /** sent in turn: other users, other things */
  requests: readonly LoadRequest[]
}

/**
 * When requests are meant to leave. Open loop (`constant`, `poisson`): decided before the run, whatever the target
 * does. `closed`: the next one leaves when an answer came, so its latencies say nothing of an overloaded target; it is
 * for warming up and for finding out what is possible at all.
 */
export type Arrivals =
  | { kind: 'constant' | 'poisson'; ratePerSecond: number }
  | { kind: 'closed'; connections: number }

export type LoadPlan = {
  target: { host: string; port: number }
  /** `h2c`: HTTP/2 without TLS, by prior knowledge */
  protocol: 'http/1.1' | 'h2c'
  operations: readonly LoadOperation[]
  arrivals: Arrivals
  durationMs: number
  /** most connections at once; an arrival that finds none free waits, and its latency counts from when it was meant */
  connections: number
  /** each request on a connection of its own */
  churn?: boolean
  /** an answer that has not come then, from the moment it was meant to leave, is an error `timeout` */
  timeoutMs: number
  /** an answer that took this long or longer, from the moment it was meant to leave, is slow */
  slowMs: number
  /** arrivals that may wait for a connection, default 100,000; one more fails the run, because nothing is ever dropped */
  queue?: number
  seed: number
}

/** Arrivals that were meant to leave in one tenth of a second, and what became of them. */
export type LoadTick = {
  /** since the run began */
  atMs: number
  meant: number
  /** of those meant here: answered with a good status (below 400), in whatever time */
  good: number
  /** of those meant here: answered late, or not at all */
  slow: number
  /** of those meant here: 5xx, broken connection, time-out */
  failed: number
  /** meant to have left by the end of this tick and not answered then, whether they wait in us or in the target */
  open: number
}

export type OperationResult = {
  name: string
  meant: number
  answered: number
  /** status -> count */
  statuses: Record<string, number>
  /** `timeout`, `ECONNRESET`, … -> count */
  errors: Record<string, number>
  slow: number
  /** from when it was meant to leave (or did leave, where it left a little early) to the last byte; microseconds */
  latency: HistogramData
  /** from when it did leave to the last byte */
  service: HistogramData
  /** of answers, bodies and heads */
  bytes: number
}

export type LoadResult = {
  /** by the clock given to the generator */
  startedAtMs: number
  /** from the first arrival to the end of the last one's answer */
  durationMs: number
  /** seconds in which requests were meant to leave */
  sendingMs: number
  operations: OperationResult[]
  /** how much later than meant we came to send each, not counting its wait for a connection; microseconds */
  lateness: HistogramData
  ticks: LoadTick[]
  /**
   * processor time of the generator's own threads from start to end, with that of other runs at the same time; null
   * where the system does not tell
   */
  cpuMs: number | null
  connectionsOpened: number
  /** why the result must not be used: `the generator was late: …`, `the queue was full: …`; null for a sound one */
  refused: string | null
  /** refused for nothing but lateness, which a judgement coarser than that may allow for */
  onlyLate: boolean
}

export type LoadRun = {
  /** resolves when all is answered or given up; rejects never */
  done: Promise<LoadResult>
  /**
   * Sends no more, gives up what waits for a connection at once, and what is in flight after `graceMs`, default 0: it
   * counts as slow, error `given up`, but not as failed.
   */
  stop(graceMs?: number): void
}

/**
 * Sends load to a loopback address from threads of its own.
 *
 * **Contract:** nothing is dropped; pacing never waits busily; several runs may be under way at once.
 */
export type LoadGenerator = {
  run(plan: LoadPlan, watch?: { onTick?(tick: LoadTick): void }): LoadRun
  /** ends every run and thread; idempotent */
  close(): Promise<void>
}

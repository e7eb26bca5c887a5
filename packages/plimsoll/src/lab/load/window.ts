import type { GaugeReading } from '../../instruments/gauge/gauge.ts'
import type { Arrivals, LoadResult, LoadTick } from '../../instruments/load/load.ts'
import type { Grown } from '../../stores/define.ts'
import type { KnownRequest } from '../lab.ts'

/** What one request of an operation costs when nothing else goes on, seen through the wire before it is put aside. */
export type OperationCost = {
  /** times it was asked */
  n: number
  /** median, milliseconds */
  p50Ms: number
  /** statements a request; null without a wire */
  statements: number | null
  /** of these, the most that were the same but for their values, where that is twice or more; `shape` is that statement */
  repeated: { times: number; shape: string } | null
  /** the statement that took the longest, median */
  slowest: { shape: string; ms: number } | null
  /** processor time of the app's busiest thread a request; null where the system does not tell */
  busyMs: number | null
  /** of the answer's body, median */
  bytes: number
}

export type WorkloadOperation = {
  /** `GET /orders/:id` */
  name: string
  known: KnownRequest
  weight: number
  /** different requests that are sent in turn: other accounts, other things in the path */
  variants: number
  effect: 'reads' | 'writes'
  cost: OperationCost
}

export type Workload = {
  operations: WorkloadOperation[]
  /** operations that are not sent, and why: `its answer changed from 201 to 409 when it was repeated` */
  left: { name: string; reason: string }[]
  /** where the weights come from: `declared`, `access log, 1,204 lines`, `equal` */
  weights: string
  /** accounts that requests are sent as; 1 where there are none */
  users: number
  /** tables that were filled up first; empty when that was not asked for */
  grown: Grown[]
  /** what could not be done as it was asked for, each a sentence: `10 users were asked for, and 2 accounts could be made` */
  limits: string[]
}

/** What the store's sessions did in one window, from samples; counts are means over the samples. */
export type SessionShares = {
  samples: number
  /** most sessions at once */
  sessions: number
  active: number
  held: number
  waitingForLock: number
  /** share of samples in which no session was idle */
  allBusy: number
  /** by time active, most first, at most five; `share` of all, `lock` of its own time spent waiting for a lock, both 0..1 */
  statements: { sql: string; share: number; lock: number }[]
}

/** Load at one rate, and everything that was seen beside it. */
export type Window = {
  arrivals: Arrivals
  load: LoadResult
  gauge: GaugeReading
  /** of the sentinel on the same machine at the same time; microseconds */
  sentinel: { n: number; p50Us: number; p99Us: number } | null
  /** null where the store cannot say */
  sessions: SessionShares | null
}

export type WindowOptions = {
  arrivals: Arrivals
  seconds: number
  slowMs: number
  timeoutMs?: number
  connections?: number
  /** only these operations, by name; default all */
  only?: readonly string[]
  /** looked at ten times a second; true ends the window early */
  stopWhen?(ticks: readonly LoadTick[]): boolean
}

/** A workload on a lab that is ready to be measured. */
export type LoadBench = {
  workload: Workload
  window(options: WindowOptions): Promise<Window>
  /** ends what runs beside the load; the lab's own parts end with the lab; idempotent */
  close(): Promise<void>
}

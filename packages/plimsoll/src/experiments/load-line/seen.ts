import { z } from 'zod'
import { SourcePlace } from '../../model/evidence.ts'
import { GaugeReading } from '../../model/gauge.ts'

const Count = z.number().int().min(0)

/** What was wrong with a window that is used all the same; null for a sound one. */
const Noise = z.string().nullable()

export const Side = z.enum(['inside', 'outside', 'undecided'])
export type Side = z.infer<typeof Side>

/** One window of requests that arrive at a fixed rate. */
export const Probe = z.object({
  ratePerSecond: z.number(),
  step: z.enum(['ramp', 'search', 'threshold', 'beyond']),
  sendingMs: z.number(),
  n: Count,
  slow: Count,
  failed: Count,
  goodPerSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  p99IntervalMs: z.tuple([z.number(), z.number()]).nullable(),
  side: Side,
  /** probability that the side is the true one, 0.5..1 */
  reliability: z.number(),
  /** `the queue grew by 140 requests a second` */
  why: z.string(),
  noise: Noise,
})
export type Probe = z.infer<typeof Probe>

export const OperationSeen = z.object({
  name: z.string(),
  /** of the arrivals, 0..1 */
  share: z.number(),
  effect: z.enum(['reads', 'writes']),
  /** what one request costs when nothing else goes on */
  cost: z.object({
    n: Count,
    p50Ms: z.number(),
    statements: z.number().nullable(),
    repeated: z.object({ times: z.number(), shape: z.string() }).nullable(),
    slowest: z.object({ shape: z.string(), ms: z.number() }).nullable(),
    busyMs: z.number().nullable(),
    bytes: z.number(),
  }),
})
export type OperationSeen = z.infer<typeof OperationSeen>

export const Sessions = z.object({
  samples: Count,
  sessions: z.number(),
  active: z.number(),
  held: z.number(),
  waitingForLock: z.number(),
  allBusy: z.number(),
  statements: z.array(z.object({ sql: z.string(), share: z.number(), lock: z.number() })),
})

/** Everything that was seen beside the load at a little above the line, where the limit shows. */
export const Pressed = z.object({
  ratePerSecond: z.number(),
  goodPerSecond: z.number(),
  /** meant to have left and not answered, most of the time */
  open: z.number(),
  gauge: GaugeReading,
  sessions: Sessions.nullable(),
})
export type Pressed = z.infer<typeof Pressed>

export const Timed = z.object({
  name: z.string(),
  n: Count,
  slow: Count,
  p50Ms: z.number(),
  p90Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  /** [upper bound in ms, count], ascending */
  buckets: z.array(z.tuple([z.number(), z.number()])),
  /** the same in full: HdrHistogram V2 in microseconds, compressed, base64 */
  hdr: z.string().optional(),
  statuses: z.record(z.string(), Count),
  errors: z.record(z.string(), Count),
})
export type Timed = z.infer<typeof Timed>

/** Load at one rate that is held: what its operations take, in tenths of a second. */
export const Steady = z.object({
  ratePerSecond: z.number(),
  /** why this rate: `declared`, or `half the line` */
  chosen: z.enum(['declared', 'half the line']),
  sendingMs: z.number(),
  operations: z.array(Timed),
  /** [requests, slow ones, failed ones] of each tenth of a second */
  ticks: z.array(z.tuple([Count, Count, Count])),
  /** a request; null where the system does not tell */
  appCpuMs: z.number().nullable(),
  storeCpuMs: z.number().nullable(),
  bytes: z.number(),
  noise: Noise,
})
export type Steady = z.infer<typeof Steady>

/** What becomes of twice the rate that it carries, and how long it takes to be well again. */
export const Beyond = z.object({
  ratePerSecond: z.number(),
  seconds: z.number(),
  /** answered well and in time, a second */
  inTimePerSecond: z.number(),
  n: Count,
  /** refused with 503 or 429 */
  shed: Count,
  errors: z.record(z.string(), Count),
  /** from the last arrival above the line until answers are inside again at half the line; null when they never were */
  recoveredSeconds: z.number().nullable(),
  watchedSeconds: z.number(),
  exited: z.boolean(),
})
export type Beyond = z.infer<typeof Beyond>

export const Seen = z.object({
  /** `confirm`: only what an earlier execution refuted was looked at again */
  mode: z.enum(['full', 'confirm']),
  slowMs: z.number(),
  workload: z.object({
    operations: z.array(OperationSeen),
    left: z.array(z.object({ name: z.string(), reason: z.string() })),
    weights: z.string(),
    users: Count,
    limits: z.array(z.string()),
    grown: z.array(z.object({ table: z.string(), after: Count })),
  }),
  /** operations that are slow although nothing else goes on; they are no part of the line's workload */
  alone: z.array(Timed.extend({ noise: Noise })),
  /** answers a second when each connection sends as soon as it was answered */
  capacity: z
    .object({ perSecond: z.number(), n: Count, connections: Count, seconds: z.number(), steady: z.boolean() })
    .nullable(),
  probes: z.array(Probe),
  line: z.object({ ratePerSecond: z.number(), interval: z.tuple([z.number(), z.number()]) }).nullable(),
  pressed: Pressed.nullable(),
  steady: Steady.nullable(),
  beyond: Beyond.nullable(),
  /** windows in all, those that were repeated because of noise, those in which the generator was late */
  windows: z.object({ taken: Count, rejected: Count, late: Count }),
  /** of the processors, the most that others had in a window that was used; 0..1 */
  foreignShare: z.number(),
  /** where in the source statements that matter are written: statement -> place */
  places: z.record(z.string(), z.object({ place: SourcePlace, excerpt: z.string() })),
  /** why it ended before its time; null when it did not */
  cut: z.string().nullable(),
  tookSeconds: z.number(),
})
export type Seen = z.infer<typeof Seen>

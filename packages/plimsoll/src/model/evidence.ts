import { z } from 'zod'
import { Played } from './schedule.ts'

/** One request and its answer, seen from the client. Bodies are cut to 2,000 characters and redacted. */
export const Exchange = z.object({
  method: z.string(),
  path: z.string(),
  requestHeaders: z.record(z.string(), z.string()).default({}),
  requestBody: z.string().optional(),
  /** null when no complete answer came */
  status: z.number().int().nullable(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  /** milliseconds since the lab opened */
  atMs: z.number(),
  durationMs: z.number(),
  /** why there was no answer: `timeout`, `ECONNREFUSED`, `ECONNRESET`, … */
  error: z.string().optional(),
  /** addresses outside the lab that the app was refused meanwhile: how it failed then may be due to that */
  heldBack: z.array(z.string()).optional(),
})
export type Exchange = z.infer<typeof Exchange>

/** One statement as the wire saw it. */
export const StatementRecord = z.object({
  connection: z.number().int(),
  sql: z.string(),
  /** the text with literals and numbers masked: equal shapes are the same statement */
  shape: z.string(),
  parameters: z.array(z.string().nullable()).default([]),
  atMs: z.number(),
  /** from the last byte of the request to the first byte that completes the reply; null while unanswered */
  durationMs: z.number().nullable(),
  rows: z.number().int().nullable(),
  sqlstate: z.string().optional(),
  /** the constraint that refused it, or else the column */
  constraint: z.string().optional(),
  /** after the reply: idle, in a transaction, in a failed transaction */
  transaction: z.enum(['I', 'T', 'E']).nullable(),
})
export type StatementRecord = z.infer<typeof StatementRecord>

export const SourcePlace = z.object({ file: z.string(), line: z.number().int() })
export type SourcePlace = z.infer<typeof SourcePlace>

/** What happened when, for one chart: requests as dots, faults as bands, turning points as marks. */
export const Timeline = z.object({
  durationMs: z.number(),
  requests: z.array(
    z.object({
      atMs: z.number(),
      durationMs: z.number(),
      label: z.string(),
      status: z.number().int().nullable(),
      error: z.string().optional(),
    }),
  ),
  bands: z.array(z.object({ fromMs: z.number(), toMs: z.number(), label: z.string() })),
  marks: z.array(z.object({ atMs: z.number(), label: z.string() })),
})
export type Timeline = z.infer<typeof Timeline>

/** Requests a second against time to answer, with the mark. Milliseconds; shares are 0..1. */
export const LoadChart = z.object({
  /** an answer that took this long is slow */
  slowMs: z.number(),
  points: z.array(
    z.object({
      ratePerSecond: z.number(),
      /** answered with success, a second */
      goodPerSecond: z.number(),
      p50Ms: z.number(),
      p99Ms: z.number(),
      /** of p99, 95 % */
      p99IntervalMs: z.tuple([z.number(), z.number()]).nullable(),
      slowShare: z.number(),
      failedShare: z.number(),
      n: z.number().int(),
      /** inside the standard, outside of it, or not decided */
      side: z.enum(['inside', 'outside', 'undecided']),
      step: z.enum(['ramp', 'search', 'beyond']),
    }),
  ),
  /** null where no rate was inside the standard */
  line: z.object({ ratePerSecond: z.number(), interval: z.tuple([z.number(), z.number()]) }).nullable(),
  /** what keeps it from carrying more: `the pool of 10`, in a few words; null where that was not found */
  constraint: z.string().nullable(),
})
export type LoadChart = z.infer<typeof LoadChart>

/**
 * How long each operation took at one rate; `buckets` are [upper bound in ms, count], ascending, at most 80. `hdr` is all
 * that was recorded, in microseconds, as HdrHistogram writes it: V2, compressed, base64.
 */
export const Latencies = z.object({
  ratePerSecond: z.number(),
  slowMs: z.number(),
  operations: z.array(
    z.object({
      name: z.string(),
      n: z.number().int(),
      p50Ms: z.number(),
      p90Ms: z.number(),
      p99Ms: z.number(),
      maxMs: z.number(),
      buckets: z.array(z.tuple([z.number(), z.number()])),
      hdr: z.string().optional(),
    }),
  ),
})
export type Latencies = z.infer<typeof Latencies>

/** How the time of each operation grows with the rows in its tables: time ~ rows ^ exponent. */
export const Growth = z.object({
  slowMs: z.number(),
  operations: z.array(
    z.object({
      name: z.string(),
      exponent: z.number(),
      interval: z.tuple([z.number(), z.number()]),
      points: z.array(
        z.object({ rows: z.number().int(), p50Ms: z.number(), bytes: z.number(), n: z.number().int() }),
      ),
    }),
  ),
})
export type Growth = z.infer<typeof Growth>

/** How figures of a long run moved; each series has one value per moment, null where it was not had. */
export const Course = z.object({
  atSeconds: z.array(z.number()),
  series: z.array(z.object({ name: z.string(), unit: z.string(), values: z.array(z.number().nullable()) })),
})
export type Course = z.infer<typeof Course>

/** Who may do what to whose things: one row per operation and object, one cell per principal. */
export const AccessMatrix = z.object({
  /** `anonymous`, `A`, `B`, `admin`, `forged token`, in the order of the columns */
  principals: z.array(z.string()),
  rows: z.array(
    z.object({
      /** `GET /notes/:id` */
      operation: z.string(),
      /** `own`, `A's`, `A's under B's parent`, `non-existent`, `none` where it takes no object */
      object: z.string(),
      /** one for each principal; null where it was not tried */
      cells: z.array(
        z
          .object({
            status: z.number().int().nullable(),
            /** `leak`: a defect was proved in this cell; `open`: allowed, and meant to be as far as is known */
            outcome: z.enum(['allowed', 'refused', 'leak', 'open', 'unclear']),
          })
          .nullable(),
      ),
    }),
  ),
})
export type AccessMatrix = z.infer<typeof AccessMatrix>

export const Evidence = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), title: z.string(), text: z.string() }),
  z.object({ kind: z.literal('exchange'), title: z.string(), exchange: Exchange }),
  z.object({ kind: z.literal('log'), title: z.string(), lines: z.array(z.string()) }),
  z.object({ kind: z.literal('source'), title: z.string(), place: SourcePlace, excerpt: z.string() }),
  z.object({ kind: z.literal('statements'), title: z.string(), statements: z.array(StatementRecord) }),
  z.object({ kind: z.literal('timeline'), title: z.string(), timeline: Timeline }),
  z.object({ kind: z.literal('schedule'), title: z.string(), played: Played }),
  z.object({ kind: z.literal('load'), title: z.string(), load: LoadChart }),
  z.object({ kind: z.literal('latencies'), title: z.string(), latencies: Latencies }),
  z.object({ kind: z.literal('growth'), title: z.string(), growth: Growth }),
  z.object({ kind: z.literal('matrix'), title: z.string(), matrix: AccessMatrix }),
  z.object({ kind: z.literal('course'), title: z.string(), course: Course }),
])
export type Evidence = z.infer<typeof Evidence>

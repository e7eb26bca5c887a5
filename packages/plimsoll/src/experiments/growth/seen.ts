import { z } from 'zod'
import { SourcePlace, StatementRecord } from '../../model/evidence.ts'

/** All statements of one shape in a request; `ms` has one entry for each time the operation was asked. */
const StatementAtSize = z.object({
  shape: z.string(),
  ms: z.array(z.number()),
  /** median a request */
  times: z.number(),
  rows: z.number(),
})
export type StatementAtSize = z.infer<typeof StatementAtSize>

const AtSize = z.object({
  /** in the fullest of the tables that the operation touches */
  rows: z.number().int(),
  ms: z.array(z.number()),
  /** of the answer's body */
  bytes: z.number(),
  /** an answer that was none of success: `500`, `ECONNRESET`; null when there was none. A time-out counts as its time. */
  failed: z.string().nullable(),
  statements: z.array(StatementAtSize),
})
export type AtSize = z.infer<typeof AtSize>

const WholeRead = z.object({
  table: z.string(),
  rows: z.number(),
  kept: z.number(),
  filter: z.string().nullable(),
  equal: z.array(z.string()),
  order: z.array(z.string()),
})
export type WholeRead = z.infer<typeof WholeRead>

/** The statement that took the most more time at the largest size. */
const Cause = z.object({
  example: StatementRecord,
  /** the store's own words; null where it does not explain */
  plan: z.string().nullable(),
  whole: z.array(WholeRead),
  origin: z.object({ place: SourcePlace, excerpt: z.string() }).nullable(),
})
export type Cause = z.infer<typeof Cause>

const Operation = z.object({ name: z.string(), sizes: z.array(AtSize), cause: Cause.nullable() })
export type Operation = z.infer<typeof Operation>

export const Seen = z.object({
  store: z.string(),
  /** why nothing was measured; null when it was */
  unable: z.string().nullable(),
  sizes: z.array(
    z.object({
      rows: z.number().int(),
      filledMs: z.number(),
      /** `SELECT 1` past the app, all the while: how quick the machine itself was */
      controlMs: z.array(z.number()),
    }),
  ),
  operations: z.array(Operation),
  /** what was not measured, and why */
  limits: z.array(z.string()),
})
export type Seen = z.infer<typeof Seen>

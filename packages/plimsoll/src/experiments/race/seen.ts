import { z } from 'zod'
import { SourcePlace } from '../../model/evidence.ts'
import { Actor, Played } from '../../model/schedule.ts'
import { Outcome, Reference } from './outcome.ts'

export const Sent = z.object({
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
})

export type Sent = z.infer<typeof Sent>

export const AnomalySeen = z.object({
  /**
   * `answers`: the rows are those of some order, the answers are not; `traces`: a refused request left
   * rows; `journal`: an entry too many where it is told what happened
   */
  kind: z.enum(['rows', 'answers', 'traces', 'journal']),
  situation: z.string(),
  /** sent one after the other first */
  before: z.array(Sent).default([]),
  /** the two requests are about different rows, or do different things */
  apart: z.boolean(),
  requests: z.record(Actor, Sent),
  /** what they answered, cut */
  bodies: z.record(Actor, z.string()),
  got: Outcome,
  references: z.array(Reference),
  played: Played,
  /** the statement whose rows were no longer true when `write` was made */
  read: z.string(),
  write: z.string(),
  origin: z.object({ place: SourcePlace, excerpt: z.string() }).nullable(),
})
export type AnomalySeen = z.infer<typeof AnomalySeen>

export const PairSeen = z.object({
  /** `POST /orders × itself` */
  subject: z.string(),
  /** what one reads and the other one writes */
  tables: z.array(z.string()),
  /** states and requests that were tried */
  situations: z.array(z.string()),
  trials: z.number().int(),
  /** trials in which every turn went as ordered */
  played: z.number().int(),
  /** trials in which a lock of the store kept the two apart */
  guarded: z.number().int(),
  /** why some order could not be had */
  reasons: z.array(z.string()),
  /** situations in which no order could be had */
  unforced: z.array(z.string()).default([]),
  /** why something that no order explains was not held against it */
  doubts: z.array(z.string()).default([]),
  anomaly: AnomalySeen.nullable(),
})
export type PairSeen = z.infer<typeof PairSeen>

/** Where no order can be forced: the same request many times at once, left to chance. */
export const ChanceSeen = z.object({
  label: z.string(),
  /** answers of the same request twice, one after the other */
  serial: z.array(z.number().nullable()),
  /** answers of as many at once */
  statuses: z.array(z.number().nullable()),
})
export type ChanceSeen = z.infer<typeof ChanceSeen>

export const Seen = z.object({
  /** why nothing could be ordered; empty when it could */
  reason: z.string(),
  operations: z.array(
    z.object({
      label: z.string(),
      /** empty when its footprint is known */
      reason: z.string(),
      statements: z.number().int(),
      /** tables it reads before it writes */
      rests: z.array(z.string()),
    }),
  ),
  pairs: z.array(PairSeen),
  /** pairs of operations whose footprints cannot meet in a harmful way */
  harmless: z.number().int(),
  /** pairs that could race and were not tried, for want of time */
  leftOut: z.array(z.string()),
  chances: z.array(ChanceSeen),
})
export type Seen = z.infer<typeof Seen>

import { z } from 'zod'
import { Exchange } from '../../model/evidence.ts'

/** One write as its client knows it, and what became of it. */
export const Write = z.object({
  route: z.string(),
  /** stands in this write and in no other; null where writes can only be counted */
  text: z.string().nullable(),
  exchange: Exchange,
  /** answered with a success that promises something: any 2xx but 202 */
  acknowledged: z.boolean(),
  /** the statement of it that was held back from the store, when its answer came; null where none was */
  held: z.string().nullable(),
  /** `part`: in some of the tables that such a write goes to; null when it could not be looked for */
  stored: z.enum(['whole', 'part', 'absent']).nullable(),
  /** table -> rows that hold its text */
  places: z.record(z.string(), z.number()),
})
export type Write = z.infer<typeof Write>

export const ROUNDS = [
  'commit held, app killed',
  'reply withheld, app killed',
  'acknowledged, app killed',
  'commit failed',
  'acknowledged, store killed',
  'commit held, store killed',
] as const

export const Round = z.object({
  id: z.enum(ROUNDS),
  killedAtMs: z.number().nullable(),
  /** it served again afterwards */
  back: z.boolean(),
  writes: z.array(Write),
  /** route -> a write made afterwards came to show; only for routes of which something is missing */
  control: z.record(z.string(), z.boolean()),
})
export type Round = z.infer<typeof Round>

export const Followed = z.object({
  route: z.string(),
  /** where its writes are looked for: tables, or a read of the API */
  places: z.array(z.string()),
})

export const Setting = z.object({ name: z.string(), value: z.string(), source: z.string() })

export const Seen = z.object({
  store: z.string(),
  followed: z.array(Followed),
  /** why no write is followed; empty when one is */
  reason: z.string(),
  /** stores that the app uses and nobody looks into: what is missing may wait there */
  elsewhere: z.array(z.string()).default([]),
  /** routes that answer 202 */
  promised: z.array(z.string()),
  rounds: z.array(Round),
  /** the store's process was this lab's own to kill */
  ownServer: z.boolean(),
  /** what commits promise there; empty when it is not known */
  promises: z.array(Setting),
  /** statements of the app that change what its commits promise */
  weakened: z.array(z.string()),
})
export type Seen = z.infer<typeof Seen>

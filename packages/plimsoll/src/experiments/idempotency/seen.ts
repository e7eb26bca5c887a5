import { z } from 'zod'
import { Exchange, SourcePlace } from '../../model/evidence.ts'
import { Played } from '../../model/schedule.ts'

const Row = z.record(z.string(), z.string().nullable())

/** What a request did to one table; an updated row is one removed and one added. */
export const Effect = z.object({
  table: z.string(),
  added: z.number().int(),
  removed: z.number().int(),
  /** some of the rows that were added or changed, as they are afterwards */
  rows: z.array(Row),
})
export type Effect = z.infer<typeof Effect>

/** One request, and what is different in the store since just before it. */
export const Step = z.object({ exchange: Exchange, effects: z.array(Effect) })
export type Step = z.infer<typeof Step>

/**
 * What several requests with one key left, beside what one request leaves: `once` the same, `none` nothing, `more`
 * more than that, `part` more in some tables only (a journal, perhaps), `other` something else.
 */
export const Total = z.object({
  outcome: z.enum(['once', 'none', 'more', 'part', 'other']),
  effects: z.array(Effect),
})
export type Total = z.infer<typeof Total>

export const Together = Total.extend({ played: Played, answers: z.array(Exchange) })
export type Together = z.infer<typeof Together>

export const Retried = Total.extend({
  /** the statement whose answer the app never got */
  sql: z.string(),
  kind: z.enum(['commit', 'write']),
  /** false: the statement did not come this time */
  struck: z.boolean(),
  /** the request whose statement it was */
  cut: Exchange,
  /** retries with the same key, the first and the last; empty when there was no time for any */
  retries: z.array(Exchange),
  /** from the first retry to the answer of the last */
  retriedMs: z.number(),
  /**
   * of a key that the last retry was still refused for: after its row had been made a day older, a retry was
   * answered; null where that was not tried
   */
  freedByAge: z.boolean().nullable(),
})
export type Retried = z.infer<typeof Retried>

export const Key = z.object({
  in: z.enum(['header', 'body']),
  name: z.string(),
  sure: z.boolean(),
  from: z.string(),
})
export type Key = z.infer<typeof Key>

/** An operation that takes a key, or seems to. */
export const Keyed = z.object({
  route: z.string(),
  key: Key,
  /** why it could not be tried; empty when it was */
  reason: z.string(),
  once: Step.nullable(),
  /** the same request with the same key again */
  replay: Step.nullable(),
  /** the same request with a key of its own: what a second effect looks like */
  fresh: Step.nullable(),
  /** the key was among what the app told the store */
  onWire: z.boolean(),
  together: z.array(Together),
  retried: z.array(Retried),
  /** a body that is accepted with a key of its own; null where none was found or it was not asked for */
  otherBody: z.object({ step: Step, fresh: Step }).nullable(),
  /** null where there are no two accounts, or the request is nobody's */
  otherAccount: z.object({ step: Step, fresh: Step }).nullable(),
  origin: z.object({ place: SourcePlace, excerpt: z.string() }).nullable(),
})
export type Keyed = z.infer<typeof Keyed>

/** PUT or DELETE, sent twice. */
export const Natural = z.object({
  route: z.string(),
  method: z.string(),
  reason: z.string(),
  first: Step.nullable(),
  second: Step.nullable(),
  /** tables that its statements write to */
  writes: z.array(z.string()),
  origin: z.object({ place: SourcePlace, excerpt: z.string() }).nullable(),
})
export type Natural = z.infer<typeof Natural>

/** A POST without a key on a route that sounds like money or goods, sent twice. */
export const Doubled = z.object({ route: z.string(), first: Step, second: Step })
export type Doubled = z.infer<typeof Doubled>

export const Seen = z.object({
  store: z.string(),
  /** why nothing could be tried; empty when something was */
  reason: z.string(),
  keyed: z.array(Keyed),
  natural: z.array(Natural),
  doubled: z.array(Doubled),
})
export type Seen = z.infer<typeof Seen>

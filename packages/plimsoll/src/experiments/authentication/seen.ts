import { z } from 'zod'
import { Exchange } from '../../model/evidence.ts'

/** One forged way in, and what it opened. */
export const Trial = z.object({
  kind: z.string(),
  /** what was done to the token or cookie, in a few words */
  what: z.string(),
  exchange: Exchange,
  /** it was answered as the true session is */
  accepted: z.boolean(),
  /** it showed what belongs to another account */
  asOther: z.boolean(),
})
export type Trial = z.infer<typeof Trial>

export const Gate = z.object({
  /** `GET /me` */
  operation: z.string(),
  good: Exchange,
  none: Exchange,
  garbage: Exchange,
})

export const Token = z.object({
  algorithm: z.string(),
  /** from issue to expiry; null where it does not expire */
  lifeSeconds: z.number().nullable(),
  /** the gate still told good from garbage after all trials */
  steady: z.boolean(),
  trials: z.array(Trial),
  /** what kinds could not be tried, and why */
  skipped: z.array(z.string()),
  key: z.object({ from: z.string(), where: z.string(), weak: z.boolean() }).nullable(),
})

export const Ending = z.object({
  operation: z.string(),
  /** what it did: the logout, the change */
  act: Exchange,
  before: Exchange,
  after: Exchange,
  opens: z.boolean(),
  /** the session is a token that says of itself when it ends, after so many seconds; null: it does not say */
  tokenLifeSeconds: z.number().nullable(),
  isToken: z.boolean(),
})

export const Fixation = z.object({
  operation: z.string(),
  /** `that the app gave before the login`, `that we made up` */
  how: z.string(),
  before: Exchange,
  login: Exchange,
  after: Exchange,
  fixed: z.boolean(),
})

export const Comparison = z.object({
  operation: z.string(),
  existing: Exchange,
  missing: Exchange,
  /** how the two answers differ; empty where they do not, or not each time */
  differs: z.string(),
})

export const Throttle = z.object({
  operation: z.string(),
  attempts: z.number().int(),
  /** what stopped or slowed it; empty where nothing did */
  limitedBy: z.string(),
  wrong: Exchange,
  right: Exchange,
  rightOpens: z.boolean(),
  /** variables that sound as if they decide on it */
  switches: z.array(z.string()),
})

export const Recovery = z.object({
  operation: z.string(),
  attempts: z.number().int(),
  /** what stopped or slowed it; empty where nothing did */
  limitedBy: z.string(),
  last: Exchange,
  switches: z.array(z.string()),
})

export const Exposure = z.object({
  operation: z.string(),
  what: z.enum(['password', 'hash']),
  anonymous: z.boolean(),
  exchange: Exchange,
})

export const Opening = z.object({
  operation: z.string(),
  /** why it should refuse: `the API's own document`, `GET /notes/:id refuses …` */
  because: z.string(),
  before: Exchange.nullable(),
  attempt: Exchange,
  after: Exchange.nullable(),
  place: z.object({ file: z.string(), line: z.number() }).nullable(),
  sure: z.boolean(),
})

export const Seen = z.object({
  /** why nothing could be tried; empty where something could */
  reason: z.string(),
  carrier: z.string(),
  gate: Gate.nullable(),
  token: Token.nullable(),
  cookies: z.array(Trial).nullable(),
  logout: Ending.nullable(),
  passwordChange: Ending.nullable(),
  fixation: z.array(Fixation).nullable(),
  enumeration: z.array(Comparison),
  throttle: Throttle.nullable(),
  recoveries: z.array(Recovery).default([]),
  exposures: z.array(Exposure),
  /** operations whose answers were searched for passwords */
  searched: z.number().int(),
  openings: z.array(Opening),
  /** guarded operations that were asked without a session */
  guarded: z.number().int(),
})
export type Seen = z.infer<typeof Seen>

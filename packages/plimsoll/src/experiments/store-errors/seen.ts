import { z } from 'zod'
import { Exchange, StatementRecord } from '../../model/evidence.ts'

/** One request during one error of the store. */
export const Hit = z.object({
  route: z.string(),
  fault: z.string(),
  lasts: z.boolean(),
  isWrite: z.boolean(),
  /** how often the error was given; 0: the statement did not come */
  struck: z.number().int(),
  /** how often the request was tried, as the struck statement shows */
  tries: z.number().int(),
  /** how often its first write was sent, beyond what one undisturbed request sends; 1 for a single time */
  resent: z.number().int(),
  /** it was given up because it tried again and again */
  stormed: z.boolean(),
  exchange: Exchange,
  /** the answer of the undisturbed request */
  undisturbed: Exchange,
  /** what of the effect is there: compared for writes only */
  effect: z.enum(['none', 'whole', 'more', 'other']).nullable(),
  /** statements that write, of the undisturbed request */
  writes: z.number().int(),
  /** connections of this request that stood in a transaction after the answer, with nothing to do */
  open: z.array(z.object({ connection: z.number().int(), transaction: z.enum(['T', 'E']), ms: z.number() })),
  exited: z.boolean(),
  /** from the end of the error to the first good answer of the same request; null when there was none in time */
  recoveredMs: z.number().nullable(),
  lastAnswer: Exchange.nullable(),
  statements: z.array(StatementRecord),
})
export type Hit = z.infer<typeof Hit>

/** The same failing request again and again. */
export const Drain = z.object({
  route: z.string(),
  fault: z.string(),
  /** requests sent while the error lasted */
  sent: z.number().int(),
  /** after how many failures one no longer reached the store; null when each did */
  blockedAfter: z.number().int().nullable(),
  /** connections left in a transaction when the error was over */
  open: z.number().int(),
  recoveredMs: z.number().nullable(),
  /** the last one, and the ones asked after the error was over */
  blocked: Exchange.nullable(),
  lastAnswer: Exchange.nullable(),
  limitMs: z.number(),
})
export type Drain = z.infer<typeof Drain>

/** More requests than connections, while every statement waits. */
export const Exhaustion = z.object({
  route: z.string(),
  /** connections that the app opened for the requests of the first round */
  poolSize: z.number().int(),
  firstRound: z.number().int(),
  /** all were opened at once: how many there may be is not known, and no request waits for one */
  unbounded: z.boolean(),
  /** requests that were sent; as many as the pool has connections hold one */
  answers: z.array(Exchange),
  fromMs: z.number(),
  toMs: z.number(),
  recoveredMs: z.number().nullable(),
  recoveryLimitMs: z.number(),
  after: z.array(Exchange),
})
export type Exhaustion = z.infer<typeof Exhaustion>

export const Seen = z.object({
  store: z.string(),
  hits: z.array(Hit),
  drains: z.array(Drain),
  exhaustion: Exhaustion.nullable(),
  /** writes that could not be disturbed, and why */
  untried: z.array(z.object({ route: z.string(), reason: z.string() })),
  lastLines: z.array(z.string()),
})
export type Seen = z.infer<typeof Seen>

import { z } from 'zod'
import { Exchange, SourcePlace, StatementRecord } from '../../model/evidence.ts'

/** One field that the client was not asked for, and that the service kept all the same. */
export const Stuck = z.object({
  field: z.string(),
  kind: z.enum(['rights', 'secret', 'ledger', 'price', 'verified', 'owner', 'tenant', 'state']),
  /** as JSON, cut; `usual` is what the service chose without the field, null where it shows no such field */
  sent: z.string(),
  usual: z.string().nullable(),
  /** where it was seen to be kept: `GET /me`, `table users`, `the session's token` */
  place: z.string(),
  /** the contract, the validator or the code of the operation names it as an input */
  documented: z.boolean(),
  request: Exchange,
  /** the same request without the field */
  control: Exchange,
  /** later reads that show the thing, with and without the field; absent of a row */
  read: Exchange.nullable(),
  controlRead: Exchange.nullable(),
  /** as the store keeps it, where it was seen there */
  row: z.string().nullable(),
  statement: StatementRecord.nullable(),
})
export type Stuck = z.infer<typeof Stuck>

/** What somebody could do because of a field that was sent, and could not do without it. */
export const Effect = z.object({
  fields: z.array(z.string()),
  /** `GET /admin/users` */
  operation: z.string(),
  request: Exchange,
  before: Exchange,
  after: Exchange,
})
export type Effect = z.infer<typeof Effect>

export const Tried = z.object({
  /** `PATCH /me` */
  operation: z.string(),
  /** why it could not be tried; empty when it was */
  reason: z.string(),
  /** it makes accounts for anybody who asks */
  registers: z.boolean(),
  /** something says what it takes as input */
  described: z.boolean(),
  /** fields that were sent though it did not ask for them */
  fields: z.array(z.string()),
  /** requests with such fields that it refused */
  refused: z.number().int(),
  stuck: z.array(Stuck),
  effects: z.array(Effect),
  origin: z.object({ place: SourcePlace, excerpt: z.string() }).nullable(),
})
export type Tried = z.infer<typeof Tried>

export const Seen = z.object({
  /** somebody can log in, so that rights mean something */
  accounts: z.number().int(),
  /** reads that an ordinary account is refused: where more rights would show */
  refusedReads: z.number().int(),
  tried: z.array(Tried),
  notReached: z.array(z.string()),
})
export type Seen = z.infer<typeof Seen>

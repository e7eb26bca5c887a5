import { z } from 'zod'
import { Exchange, SourcePlace, StatementRecord } from '../../model/evidence.ts'

export const CHECKS = [
  'exit',
  'server-error',
  'hang',
  'failed-write',
  'delete',
  'created',
  'accepted',
  'response',
  'repeat-put',
  'location',
  'pagination',
  'leak',
  'method',
] as const
export type Check = (typeof CHECKS)[number]

export const Input = z.object({
  phase: z.enum(['examples', 'boundaries', 'generated', 'chains']),
  /** `body.title`, `query limit`, `path id`; `` where nothing was varied */
  part: z.string(),
  /** the keyword of the schema that it breaks; null for what the schema allows, or says nothing of */
  keyword: z.string().nullable(),
  /** `odd`: allowed, and such that few clients send it */
  kind: z.enum(['ordinary', 'odd', 'invalid']),
  /** what was sent there, in a few words */
  note: z.string(),
})
export type Input = z.infer<typeof Input>

export const Anomaly = z.object({
  check: z.enum(CHECKS),
  /** `POST /orders` */
  operation: z.string(),
  /** tells it from others of its kind on the operation: `22P02`, `TypeError`; `` where there is one at most */
  mark: z.string(),
  problem: z.string(),
  /** of an answer: the keyword of its schema that it breaks */
  broken: z.string().nullable(),
  input: Input.nullable(),
  exchanges: z.array(z.object({ title: z.string(), exchange: Exchange })),
  /** the statement that the store refused */
  statement: StatementRecord.nullable(),
  source: z.object({ place: SourcePlace, excerpt: z.string() }).nullable(),
  /** places in the source that the log named */
  places: z.array(SourcePlace),
  log: z.array(z.string()),
  /** further inputs, or operations, with the same cause */
  also: z.array(z.string()),
})
export type Anomaly = z.infer<typeof Anomaly>

export const Tried = z.object({
  operation: z.string(),
  /** it accepted a request */
  reached: z.boolean(),
  /** why it was not reached, or what was left out */
  why: z.string().nullable(),
  requests: z.number().int(),
  /** what could be looked at, as often as it was */
  looked: z.partialRecord(z.enum(CHECKS), z.number().int()),
})
export type Tried = z.infer<typeof Tried>

export const Seen = z.object({
  /** null where nothing describes the API but requests that work */
  document: z.object({ kind: z.enum(['repo', 'served', 'survey']), where: z.string() }).nullable(),
  operations: z.array(Tried),
  anomalies: z.array(Anomaly),
  requests: z.number().int(),
  /** why it ended before everything was tried; null where it did not */
  ended: z.string().nullable(),
  /** operations got fewer requests than their share, because answers took long */
  short: z.boolean(),
  /** only what was refuted before was looked at again */
  focused: z.boolean(),
})
export type Seen = z.infer<typeof Seen>

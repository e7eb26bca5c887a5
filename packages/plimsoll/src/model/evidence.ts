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

export const Evidence = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), title: z.string(), text: z.string() }),
  z.object({ kind: z.literal('exchange'), title: z.string(), exchange: Exchange }),
  z.object({ kind: z.literal('log'), title: z.string(), lines: z.array(z.string()) }),
  z.object({ kind: z.literal('source'), title: z.string(), place: SourcePlace, excerpt: z.string() }),
  z.object({ kind: z.literal('statements'), title: z.string(), statements: z.array(StatementRecord) }),
  z.object({ kind: z.literal('timeline'), title: z.string(), timeline: Timeline }),
  z.object({ kind: z.literal('schedule'), title: z.string(), played: Played }),
])
export type Evidence = z.infer<typeof Evidence>

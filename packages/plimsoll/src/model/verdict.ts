import { z } from 'zod'
import { Evidence, SourcePlace } from './evidence.ts'
import { Severity } from './priority.ts'

export const STATUSES = ['proven', 'refuted', 'inconclusive', 'not-applicable', 'errored'] as const

/** A measured number, never bare: n, interval and method beside it. */
export const Figure = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  n: z.number().int(),
  interval: z.tuple([z.number(), z.number()]).optional(),
  method: z.string(),
})
export type Figure = z.infer<typeof Figure>

/** The answer that a request should have had. */
export const Expectation = z.object({
  /** index into `evidence`, of an exchange */
  evidence: z.number().int().min(0),
  /** `not 5XX`, `4XX`, `2XX`, `not 2XX`, or one status */
  status: z.enum(['2XX', '4XX', 'not 2XX', 'not 5XX']).or(z.number().int()),
  /** what must not stand in the body */
  lacks: z.string().optional(),
})
export type Expectation = z.infer<typeof Expectation>

/** What a judge says of one subject. The engine adds ids, confirmations and the replay. */
export const Judgement = z.object({
  status: z.enum(STATUSES),
  /** the standard it decides, where the probe decides more than its first one */
  standard: z.string().optional(),
  /** what it is about, stable between runs: a store id, `GET /orders/:id`, a file */
  subject: z.string(),
  /** one sentence: what is true (proven) or what goes wrong (refuted) */
  title: z.string(),
  /** one line: the measured facts or the reason */
  detail: z.string(),
  /** refuted only */
  severity: Severity.optional(),
  /** refuted only; only a defect may fail the gate */
  tier: z.enum(['defect', 'suspicion', 'advice']).optional(),
  /** refuted only: the repairs that would help, best first */
  repairs: z.array(z.string()).default([]),
  evidence: z.array(Evidence).default([]),
  /** the weakness by its number in the Common Weakness Enumeration: 89 is SQL injection */
  cwe: z.number().int().positive().optional(),
  /** where in the source the cause is written, the surest first */
  places: z.array(SourcePlace).optional(),
  figures: z.array(Figure).default([]),
  notCovered: z.array(z.string()).default([]),
  /** refuted only: what a test of that one request would assert; the exchange by its place among the evidence */
  expects: Expectation.optional(),
})
export type Judgement = z.infer<typeof Judgement>
export type JudgementInput = z.input<typeof Judgement>

export const Verdict = Judgement.extend({
  /** short, stable between runs: experiment + standard + subject */
  id: z.string(),
  standard: z.string(),
  /** the experiment or inspection */
  probe: z.string(),
  /** of `of` executions from a clean state, how many said the same; 1 of 1 for a static fact */
  confirmations: z.object({ passed: z.number().int(), of: z.number().int() }),
  /** inspections that suspected in the source what this one proved by running it */
  confirms: z.array(z.string()).optional(),
  /** refuted only: the command that executes it again */
  replay: z.string().optional(),
})
export type Verdict = z.infer<typeof Verdict>

/** A finding is a refuted verdict with its replay. */
export type Finding = Verdict & { status: 'refuted'; replay: string }

type Said = Omit<JudgementInput, 'status' | 'severity' | 'tier'>

export const proven = (said: Said): Judgement => Judgement.parse({ ...said, status: 'proven' })
export const refuted = (
  said: Said & { severity: Severity; tier?: 'defect' | 'suspicion' | 'advice' },
): Judgement => Judgement.parse({ tier: 'defect', ...said, status: 'refuted' })
export const inconclusive = (said: Said): Judgement => Judgement.parse({ ...said, status: 'inconclusive' })
export const notApplicable = (said: Said): Judgement => Judgement.parse({ ...said, status: 'not-applicable' })

import { z } from 'zod'
import { SourcePlace } from '../../model/evidence.ts'

const Witness = z.object({
  as: z.enum(['request', 'response']),
  value: z.unknown(),
  refusal: z.string(),
})

export const Break = z.object({
  rule: z.string(),
  operations: z.array(z.string()),
  part: z.string(),
  at: z.string(),
  what: z.string(),
  severity: z.enum(['high', 'medium', 'low']),
  witness: Witness.nullable(),
  /** where the operation stands in the document; for one that is gone, where it stood */
  place: SourcePlace.nullable(),
})
export type Break = z.infer<typeof Break>

export const Comparison = z.object({
  document: z.string(),
  /** what it was held against: `main`, `HEAD~1`, a file; null where there was nothing */
  base: z.string().nullable(),
  operations: z.number().int(),
  /** the first number of the document's own version went up */
  announced: z.boolean(),
  unread: z.array(z.string()),
  breaks: z.array(Break),
})
export type Comparison = z.infer<typeof Comparison>

export const Seen = z.object({ comparisons: z.array(Comparison) })
export type Seen = z.infer<typeof Seen>

import { z } from 'zod'
import { SourcePlace } from '../../model/evidence.ts'
import { Severity } from '../../model/priority.ts'

/** One credential in one place. The credential itself is never kept. */
export const Leak = z.object({
  /** what it is, stable: `github-token`, `address-password`, `signing-secret`, `assignment`, … */
  kind: z.string(),
  name: z.string(),
  place: SourcePlace,
  redacted: z.string(),
  /** the line, redacted */
  excerpt: z.string(),
  /** where it signs, when that is another place */
  usedAt: SourcePlace.optional(),
  severity: Severity,
  /** true: its form or its use leaves no doubt; false: it only looks like one, or stands in a test or a document */
  certain: z.boolean(),
})
export type Leak = z.infer<typeof Leak>

/** What such a leak is called: an experiment that forges with it proves the same. */
export const SIGNING_SECRET = 'Signing secret'

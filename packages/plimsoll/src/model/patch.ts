import { z } from 'zod'

/** A proposed change of one file, as whole texts, so that it can be shown, applied and reverted exactly. */
export const FileChange = z.object({
  file: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

/** A repair that somebody proposes. Only the engine may say that it worked. */
export const Patch = z.object({
  finding: z.string(),
  /** what it does, in one sentence */
  title: z.string(),
  by: z.string(),
  changes: z.array(FileChange),
})
export type Patch = z.infer<typeof Patch>

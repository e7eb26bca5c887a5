import { z } from 'zod'
import { sameChanges } from '../../lab/operations/mask.ts'

const Row = z.record(z.string(), z.string().nullable())

export const Changes = z.record(z.string(), z.object({ added: z.array(Row), removed: z.array(Row) }))
export type Changes = z.infer<typeof Changes>

/** What two requests came to: who was told yes, and the rows that differ, chance masked. */
export const Outcome = z.object({
  accepted: z.object({ A: z.boolean(), B: z.boolean() }),
  statuses: z.object({ A: z.number().nullable(), B: z.number().nullable() }),
  changes: Changes,
})
export type Outcome = z.infer<typeof Outcome>

/** What one order of the two came to. A request that was refused and left nothing counts as not sent. */
export const Reference = Outcome.extend({
  order: z.enum(['A, then B', 'B, then A', 'A alone', 'B alone', 'neither']),
})
export type Reference = z.infer<typeof Reference>

/** Who had no answer, or an error of the server or of time, was told neither yes nor no. */
const isTold = (status: number | null) => status !== null && status < 500 && status !== 408

export const sameAnswers = (got: Outcome, one: Outcome) =>
  (!isTold(got.statuses.A) || got.accepted.A === one.accepted.A) &&
  (!isTold(got.statuses.B) || got.accepted.B === one.accepted.B)

/** The first order that comes to the same; null when none explains it. */
export const explain = (got: Outcome, references: readonly Reference[]): Reference | null =>
  references.find((one) => sameAnswers(got, one) && sameChanges(got.changes, one.changes)) ?? null

/** An order of both that leaves the same rows, although it gave other answers: nothing is lost or there twice. */
export const explainRows = (got: Outcome, references: readonly Reference[]): Reference | null =>
  references.find(
    ({ order, changes }) =>
      (order === 'A, then B' || order === 'B, then A') && sameChanges(got.changes, changes),
  ) ?? null

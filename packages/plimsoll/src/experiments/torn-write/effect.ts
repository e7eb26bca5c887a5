import { z } from 'zod'
import { describeRows } from '../../base/text/rows.ts'
import type { Changes } from '../../lab/operations/mask.ts'

const Rows = z.object({ added: z.number().int(), removed: z.number().int() })
type Rows = z.infer<typeof Rows>

/** One table after the failure, beside what the undisturbed operation leaves in it. */
export const Left = z.object({
  table: z.string(),
  whole: Rows,
  there: Rows,
  /** the rows are those of the undisturbed operation, apart from clocks, counters and chance */
  same: z.boolean(),
})
export type Left = z.infer<typeof Left>

const NONE: Rows = { added: 0, removed: 0 }

const countRows = (changes: Changes, table: string): Rows => {
  const found = changes[table]
  return found === undefined ? NONE : { added: found.added.length, removed: found.removed.length }
}

/** Table by table; both sides already canonical. */
export const compareEffects = (whole: Changes, there: Changes): Left[] =>
  [...new Set([...Object.keys(whole), ...Object.keys(there)])].sort().map((table) => ({
    table,
    whole: countRows(whole, table),
    there: countRows(there, table),
    same: JSON.stringify(whole[table] ?? null) === JSON.stringify(there[table] ?? null),
  }))

const isNone = ({ added, removed }: Rows) => added === 0 && removed === 0

/** Rows that only a failure adds are its record, not a part of the operation. */
const isRecordOfFailure = ({ whole, there }: Left) => isNone(whole) && there.removed === 0

/** Tables that hold something of the operation. */
export const remains = (left: readonly Left[]): Left[] =>
  left.filter((one) => !isNone(one.there) && !isRecordOfFailure(one))

/** Tables that do not hold what the operation leaves in them. */
export const lacks = (left: readonly Left[]): Left[] =>
  left.filter((one) => !one.same && !isRecordOfFailure(one))

export type Outcome = 'nothing' | 'everything' | 'part'

export const outcomeOf = (left: readonly Left[]): Outcome => {
  if (lacks(left).length === 0) return 'everything'
  return remains(left).length === 0 ? 'nothing' : 'part'
}

/** Every row is there, some with another content: the operation stands at a step of its own, and can go on. */
export const isStep = (left: readonly Left[]): boolean =>
  lacks(left).every(
    ({ whole, there }) => whole.added === there.added && whole.removed === there.removed && !isNone(there),
  )

/** `orders: 1 row added` */
export const describeLeft = ({ table, there }: Left): string => `${table}: ${describeRows(there)}`

/** `stock: 1 row changed in full, nothing there` */
export const describeLack = ({ table, whole, there }: Left): string =>
  `${table}: ${describeRows(whole)} in full, ${isNone(there) ? 'nothing' : describeRows(there)} there`

import { effectOf, type Ground } from '../../lab/operations/ground.ts'
import { type Changes, type Mask, type Row, sameChanges } from '../../lab/operations/mask.ts'
import { isSideTable } from '../../lab/operations/side-table.ts'
import type { Effect, Total } from './seen.ts'

const MOST_ROWS = 4
const VALUE_CHARACTERS = 120

const keyed = (rows: readonly Row[]) =>
  rows.map((row) => ({ row, key: JSON.stringify(Object.entries(row).sort()) }))

/** Rows of the first list that the second does not have, each as often as it has it too few times. */
const without = (rows: readonly Row[], others: readonly Row[]): Row[] => {
  const left = keyed(others).map(({ key }) => key)
  return keyed(rows).flatMap(({ row, key }) => {
    const at = left.indexOf(key)
    if (at < 0) return [row]
    left.splice(at, 1)
    return []
  })
}

/** What happened between two looks, each of which is against the same checkpoint. */
export const changesBetween = (before: Changes, after: Changes): Changes => {
  const tables = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const none = { added: [], removed: [] }
  return Object.fromEntries(
    tables.flatMap((table) => {
      const then = before[table] ?? none
      const now = after[table] ?? none
      const added = [...without(now.added, then.added), ...without(then.removed, now.removed)]
      const removed = [...without(now.removed, then.removed), ...without(then.added, now.added)]
      return added.length + removed.length === 0 ? [] : [[table, { added, removed }]]
    }),
  )
}

const ALSO =
  /(^|[._])(revisions?|versions?|outbox|events?_?log|webhooks?|notifications?|jobs?|queue)$|(^|[._])(rate|pgboss|graphile)[_.]|(^|[._])(audit|access|activity|login)\./i
const KEPT_KEYS = /idempot/i

/** Beside an operation rather than part of it, as far as the name says: a journal, or the keys themselves. */
export const isBeside = (table: string): boolean =>
  isSideTable(table) || ALSO.test(table) || KEPT_KEYS.test(table)

/** Tables of which a row holds this text. */
export const tablesWith = (changes: Changes, text: string): string[] =>
  Object.entries(changes).flatMap(([table, { added }]) =>
    added.some((row) => Object.values(row).some((value) => value?.includes(text))) ? [table] : [],
  )

/** Where effects are looked for: which tables do not count, which columns say nothing. */
export type Lens = { ignored: ReadonlySet<string>; mask: Mask }

/** Changes as effects are compared: canonical, without journals, kept keys and what any request writes. */
export const countedOf = (ground: Ground, changes: Changes, { ignored, mask }: Lens): Changes =>
  Object.fromEntries(
    Object.entries(effectOf(ground, changes, mask)).filter(
      ([table]) => !isBeside(table) && !ignored.has(table),
    ),
  )

const cut = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, value?.slice(0, VALUE_CHARACTERS) ?? null]),
  )

export const effectsOf = (counted: Changes): Effect[] =>
  Object.entries(counted).map(([table, { added, removed }]) => ({
    table,
    added: added.length,
    removed: removed.length,
    rows: added.slice(0, MOST_ROWS).map(cut),
  }))

const rowsMoreIn = (changes: Changes, than: Changes): string[] =>
  Object.entries(changes).flatMap(([table, { added, removed }]) => {
    const other = than[table] ?? { added: [], removed: [] }
    return added.length - removed.length > other.added.length - other.removed.length ? [table] : []
  })

/**
 * What several requests left, beside what one leaves and what two with keys of their own leave; all in the same lens.
 */
export const totalOf = (got: Changes, once: Changes, twice: Changes): Total => {
  const effects = effectsOf(got)
  if (sameChanges(got, once)) return { outcome: 'once', effects }
  if (Object.keys(got).length === 0) return { outcome: 'none', effects }
  if (sameChanges(got, twice)) return { outcome: 'more', effects }
  const more = rowsMoreIn(got, once)
  if (more.length === 0) return { outcome: 'other', effects }
  const isAll = rowsMoreIn(twice, once).every((table) => more.includes(table))
  return { outcome: isAll ? 'more' : 'part', effects }
}

import { parseMoment } from '../../base/time/sql-moment.ts'
import type { Changes, Row } from '../../stores/define.ts'

export type { Changes, Row }

/**
 * Columns whose values say nothing, as `table.column`: they differ between two runs of the same thing. As
 * `table.column?` where not even whether there is a value says anything.
 */
export type Mask = ReadonlySet<string>

const sorted = (rows: readonly Row[], column: string) =>
  rows
    .map((row) => row[column] ?? null)
    .sort()
    .join('\u0000')

const nulls = (rows: readonly Row[], column: string) =>
  rows.filter((row) => (row[column] ?? null) === null).length

const columnsOf = (...lists: (readonly Row[])[]) => new Set(lists.flat().flatMap((row) => Object.keys(row)))

/** Learns from runs that must have come to the same: what differs all the same is a clock, a counter or chance. */
export const learnMask = (runs: readonly Changes[]): Set<string> => {
  const mask = new Set<string>()
  const [first, ...others] = runs
  for (const other of others) {
    for (const [table, { added }] of Object.entries(first ?? {})) {
      const theirs = other[table]?.added ?? []
      for (const column of columnsOf(added, theirs)) {
        if (sorted(added, column) !== sorted(theirs, column)) mask.add(`${table}.${column}`)
        if (nulls(added, column) !== nulls(theirs, column)) mask.add(`${table}.${column}?`)
      }
    }
  }
  return mask
}

const DAY_MS = 86_400_000

/** A moment close to now is the clock's, even where two runs happened to agree on it. */
const isNow = (value: string, nowEpochMs: number): boolean => {
  const moment = parseMoment(value)
  if (moment !== null) return Math.abs(moment - nowEpochMs) < DAY_MS
  if (!/^\d{10}(\d{3})?(\.\d+)?$/.test(value)) return false
  const at = Number(value) * (value.length >= 13 && !value.includes('.') ? 1 : 1_000)
  return Math.abs(at - nowEpochMs) < DAY_MS
}

const clean = (table: string, row: Row, mask: Mask, nowEpochMs: number): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (mask.has(`${table}.${column}?`)) return [column, '*']
      if (value === null) return [column, value]
      if (mask.has(`${table}.${column}`)) return [column, '*']
      return [column, isNow(value, nowEpochMs) ? '(now)' : value]
    }),
  )

/**
 * The same changes always as the same rows: masked columns as `*`, the clock as `(now)`, rows in order. A row that is
 * added and removed alike, once masked, did not change.
 * @param only tables that count; absent: all
 */
export const canonical = (
  changes: Changes,
  mask: Mask,
  { nowEpochMs, only }: { nowEpochMs: number; only?: ReadonlySet<string> },
): Changes => {
  const result: Changes = {}
  for (const table of Object.keys(changes).sort()) {
    if (only !== undefined && !only.has(table)) continue
    const { added = [], removed = [] } = changes[table] ?? {}
    const order = (rows: readonly Row[]) =>
      rows
        .map((row) => clean(table, row, mask, nowEpochMs))
        .map((row) => ({ row, key: JSON.stringify(Object.entries(row).sort()) }))
        .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    const gone = order(removed)
    const kept = order(added).filter(({ key }) => {
      const twin = gone.findIndex((one) => one.key === key)
      if (twin >= 0) gone.splice(twin, 1)
      return twin < 0
    })
    if (kept.length + gone.length > 0)
      result[table] = { added: kept.map(({ row }) => row), removed: gone.map(({ row }) => row) }
  }
  return result
}

export const sameChanges = (a: Changes, b: Changes): boolean => JSON.stringify(a) === JSON.stringify(b)

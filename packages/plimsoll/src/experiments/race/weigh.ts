import type { Row } from '../../lab/operations/mask.ts'
import { isJournalTable } from '../../lab/operations/side-table.ts'
import { type Changes, explain, explainRows, type Outcome, type Reference, sameAnswers } from './outcome.ts'

/**
 * `rows`: they are those of no order. `answers`: the rows are right, the answers are not. `traces`: all is right but
 * for rows that a refused request left where nobody looks. `journal`: all is right but for an entry too many in a table
 * that tells what happened.
 */
export type Verdict = 'explained' | 'rows' | 'answers' | 'traces' | 'journal'

/** Tables that one or the other operation looks at, and those that are written before anything is looked at. */
export type Footing = { read: ReadonlySet<string>; writtenFirst: ReadonlySet<string> }

const bare = (table: string) => table.split('.').at(-1) ?? table

const isIn = (tables: ReadonlySet<string>, table: string) =>
  [...tables].some((one) => bare(one) === bare(table))

/** Tables that are only added to. */
const growing = (got: Outcome, references: readonly Reference[]): string[] => {
  const all = [got, ...references].map(({ changes }) => changes)
  const names = new Set(all.flatMap((changes) => Object.keys(changes)))
  return [...names].filter((table) => all.every((changes) => (changes[table]?.removed.length ?? 0) === 0))
}

/** Tables that are only added to and not looked at: nothing is decided by them. */
const logsAmong = (got: Outcome, references: readonly Reference[], { read }: Footing): Set<string> =>
  new Set(growing(got, references).filter((table) => !isIn(read, table)))

const without = (changes: Changes, tables: ReadonlySet<string>): string =>
  JSON.stringify(Object.entries(changes).filter(([table]) => !tables.has(table)))

const count = (rows: readonly Row[] = []): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const key = JSON.stringify(row)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** Rows of a table that one outcome has and the other one has not, as texts. */
const beyond = (counts: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): string[] =>
  [...counts].flatMap(([row, times]) =>
    Array.from({ length: Math.max(0, times - (other.get(row) ?? 0)) }, () => row),
  )

/**
 * Of one journal, against one order: `again` when it holds a row that some order leaves once too often, `less` when
 * rows are missing and nothing stands in for them.
 */
const compareLog = (
  got: Outcome,
  one: Reference,
  references: readonly Reference[],
  table: string,
): 'same' | 'again' | 'less' => {
  const [has, expected] = [count(got.changes[table]?.added), count(one.changes[table]?.added)]
  const known = new Set(references.flatMap(({ changes }) => [...count(changes[table]?.added).keys()]))
  const more = beyond(has, expected)
  const news = more.filter((row) => !known.has(row)).length
  if (beyond(expected, has).length > news) return 'less'
  return more.length > news ? 'again' : 'same'
}

const omit = <Some extends Outcome>(one: Some, tables: ReadonlySet<string>): Some => ({
  ...one,
  changes: Object.fromEntries(Object.entries(one.changes).filter(([table]) => !tables.has(table))),
})

/** An entry too many beside a change that is right is no second change. */
const weighWithoutJournals = (got: Outcome, references: readonly Reference[]): Verdict => {
  const journals = new Set(growing(got, references).filter(isJournalTable))
  const bare = omit(got, journals)
  if (!(got.accepted.A && got.accepted.B) || Object.keys(bare.changes).length === 0) return 'rows'
  const exceeded = references.filter((one) => {
    const compared = [...journals].map((table) => compareLog(got, one, references, table))
    return compared.includes('again') && !compared.includes('less')
  })
  const others = exceeded.map((one) => omit(one, journals))
  if (explain(bare, others) !== null) return 'journal'
  return explainRows(bare, others) === null ? 'rows' : 'answers'
}

/**
 * What to make of an outcome. A journal may say more when two requests meet ("refused", "tried again"): rows that no
 * order leaves, in tables that are only added to and that neither operation looks at, are no effect of the operation.
 */
export const weigh = (got: Outcome, references: readonly Reference[], footing: Footing): Verdict => {
  if (explain(got, references) !== null) return 'explained'
  const logs = logsAmong(got, references, footing)
  const isRefused = !(got.accepted.A && got.accepted.B)
  const candidates = references.filter(
    (one) => sameAnswers(got, one) && without(got.changes, logs) === without(one.changes, logs),
  )
  const compared = candidates.map((one) =>
    [...logs]
      .filter((table) => !(isRefused && isIn(footing.writtenFirst, table)))
      .map((table) => compareLog(got, one, references, table)),
  )
  if (compared.some((tables) => tables.every((how) => how === 'same'))) return 'explained'
  if (isRefused && compared.some((tables) => !tables.includes('less'))) return 'traces'
  if (explainRows(got, references) !== null) return 'answers'
  return weighWithoutJournals(got, references)
}

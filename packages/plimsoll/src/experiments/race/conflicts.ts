import type { StatementFacts } from '../../model/statement-facts.ts'

export type Footprint = readonly { facts: StatementFacts }[]

/** A row lock that a plain read takes keeps others from writing, not from reading. */
const guards = ({ lock }: StatementFacts) => lock !== null && lock !== 'key share'

/**
 * Tables whose rows an operation reads before one of its writes, so that the write may rest on what is no longer so.
 * A read that locks is listed too: whether the lock suffices is for the schedule to say.
 */
export const readsBeforeWrites = (statements: Footprint): Set<string> => {
  const last = statements.findLastIndex(({ facts }) => facts.kind === 'write')
  const tables = new Set<string>()
  for (const { facts } of statements.slice(0, Math.max(0, last))) {
    for (const { table } of facts.reads) tables.add(table)
  }
  return tables
}

export const writtenTables = (statements: Footprint): Set<string> =>
  new Set(statements.flatMap(({ facts }) => facts.writes.map(({ table }) => table)))

const allReads = (statements: Footprint): Set<string> =>
  new Set(statements.flatMap(({ facts }) => facts.reads.map(({ table }) => table)))

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((table) => b.has(table))

export type Conflict = {
  /** what one reads before it writes and the other one writes */
  tables: string[]
  /** some read of these tables takes no lock */
  unguarded: boolean
}

const oneWay = (a: Footprint, b: Footprint): string[] => {
  const rests = meet(readsBeforeWrites(a), writtenTables(b))
  if (rests.length === 0) return []
  const back = [...meet(writtenTables(a), allReads(b)), ...meet(writtenTables(a), writtenTables(b))]
  return back.length > 0 ? rests : []
}

/**
 * Two operations can come to what no order explains only if one rests a write on rows that the other one writes, and
 * the other one sees or overwrites something of the first (the cycle of serialisability theory). Null: they cannot.
 */
export const conflictOf = (a: Footprint, b: Footprint): Conflict | null => {
  const tables = [...new Set([...oneWay(a, b), ...oneWay(b, a)])].sort()
  if (tables.length === 0) return null
  const unguarded = [...a, ...b].some(
    ({ facts }) =>
      facts.kind === 'read' && !guards(facts) && facts.reads.some(({ table }) => tables.includes(table)),
  )
  return { tables, unguarded }
}

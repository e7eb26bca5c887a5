import type { Lab, LabStore } from '../../lab/lab.ts'

/** Where writes show that no read of the API shows: a table that grows with each of them. */
export type Rows = { kind: 'rows'; store: LabStore; table: string; perWrite: number; expected: number }

export type Counts = ReadonlyMap<LabStore, Readonly<Record<string, number>>>

/** Rows of every table of every store that can say. */
export const countRows = async (lab: Lab): Promise<Counts> => {
  const counts = new Map<LabStore, Record<string, number>>()
  for (const store of lab.stores) {
    const digest = await store.digest().catch(() => null)
    if (digest !== null) counts.set(store, digest.counts)
  }
  return counts
}

/** The first table that one write has made longer; null when none is. */
export const findGrowth = (before: Counts, after: Counts): Rows | null => {
  for (const [store, counts] of after) {
    for (const [table, rows] of Object.entries(counts)) {
      const grown = rows - (before.get(store)?.[table] ?? 0)
      if (grown > 0) return { kind: 'rows', store, table, perWrite: grown, expected: rows }
    }
  }
  return null
}

/** How many rows the table has now; null when the store cannot say. */
export const rowsNow = async ({ store, table }: Rows): Promise<number | null> =>
  (await store.digest().catch(() => null))?.counts[table] ?? null

import type { Lab, LabStore } from '../lab.ts'

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

/** The tables that are longer than they were. */
export const findGrowth = (before: Counts, after: Counts): Rows[] =>
  [...after].flatMap(([store, counts]) =>
    Object.entries(counts).flatMap(([table, rows]): Rows[] => {
      const grown = rows - (before.get(store)?.[table] ?? 0)
      return grown > 0 ? [{ kind: 'rows', store, table, perWrite: grown, expected: rows }] : []
    }),
  )

/** The first of these tables that stays as it is while nothing is asked: a job's own rows come and go without us. */
export const findQuiet = async (
  lab: Pick<Lab, 'sleep'>,
  found: readonly Rows[],
  idleMs: number,
): Promise<Rows | null> => {
  const before = await Promise.all(found.map(rowsNow))
  await lab.sleep(idleMs)
  const after = await Promise.all(found.map(rowsNow))
  return found.find((_, index) => after[index] === before[index]) ?? null
}

/** How many rows the table has now; null when the store cannot say. */
export const rowsNow = async ({ store, table }: Rows): Promise<number | null> =>
  (await store.digest().catch(() => null))?.counts[table] ?? null

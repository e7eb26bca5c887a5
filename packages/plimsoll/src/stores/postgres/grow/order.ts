import type { Reference, Table } from './table.ts'

export type Ordered = {
  table: Table
  /** references that are filled in after the row is there: to itself, or round a cycle */
  late: Reference[]
}

/** Parents before children. Where they go round in a circle, the reference that closes it is late. */
export const orderTables = (tables: readonly Table[]): Ordered[] => {
  const byOid = new Map(tables.map((table) => [table.oid, table]))
  const done = new Set<string>()
  const open = new Set<string>()
  const ordered: Ordered[] = []
  const visit = (table: Table) => {
    if (done.has(table.oid)) return
    open.add(table.oid)
    const late: Reference[] = []
    // Those that must not be null go first, so that a circle is closed by one that may be.
    const mayBeNull = ({ columns }: Reference) =>
      Number(table.columns.some(({ name, nullable }) => nullable && columns.includes(name)))
    for (const reference of [...table.references].sort((a, b) => mayBeNull(a) - mayBeNull(b))) {
      const parent = byOid.get(reference.parent)
      if (open.has(reference.parent)) late.push(reference)
      else if (parent !== undefined) visit(parent)
    }
    open.delete(table.oid)
    done.add(table.oid)
    ordered.push({ table, late })
  }
  // Begun from tables that some other one must have, a circle is closed where it may be open.
  const needed = (table: Table) =>
    tables.some((other) =>
      other.references.some(
        ({ parent, columns }) =>
          parent === table.oid &&
          other.oid !== table.oid &&
          other.columns.every(({ name, nullable }) => !columns.includes(name) || !nullable),
      ),
    )
  for (const table of [...tables].sort((a, b) => Number(needed(a)) - Number(needed(b)))) visit(table)
  return ordered
}

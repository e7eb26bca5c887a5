import type { Reference, Table } from './table.ts'

export type Groups = {
  /** filled with rows of their parents */
  spread: Reference[]
  /** filled in after the row is there */
  late: Reference[]
  /** columns that stay as in the copied row: references that share only some of their columns go together there */
  bound: Set<string>
}

const shares = (a: Reference, b: Reference) => a.columns.some((name) => b.columns.includes(name))
const covers = (a: Reference, b: Reference) => b.columns.every((name) => a.columns.includes(name))

/** @param isKnown whether the table that is referred to holds rows to point at */
export const groupReferences = (
  table: Table,
  late: readonly Reference[],
  isKnown: (reference: Reference) => boolean,
): Groups => {
  const { references } = table
  const others = (one: Reference) => references.filter((other) => other !== one && shares(one, other))
  const isTangled = (one: Reference) =>
    others(one).some((other) => late.includes(other) || (!covers(one, other) && !covers(other, one)))
  const groups: Groups = { spread: [], late: [], bound: new Set() }
  references.forEach((one, index) => {
    // What a wider reference covers comes with it.
    const covered = others(one).some(
      (other) => covers(other, one) && (!covers(one, other) || references.indexOf(other) < index),
    )
    if (late.includes(one) && others(one).length === 0) groups.late.push(one)
    else if (late.includes(one) || isTangled(one) || !isKnown(one)) {
      for (const name of one.columns) groups.bound.add(name)
    } else if (!covered) groups.spread.push(one)
  })
  // One that shares a column with a bound one is bound as well.
  groups.spread = groups.spread.filter((one) => {
    if (!one.columns.some((name) => groups.bound.has(name))) return true
    for (const name of one.columns) groups.bound.add(name)
    return false
  })
  return groups
}

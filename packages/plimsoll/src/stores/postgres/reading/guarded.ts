import type { Node } from 'libpg-query'
import { columnsIn, type Equality, equalitiesOf } from './conditions.ts'
import { columnOf, type Source } from './tables.ts'
import { words } from './tree.ts'

const namesAnything = (condition: Node): boolean => /"(ColumnRef|SubLink)":/.test(JSON.stringify(condition))

/** `t.id = v.id`: which row goes with which, not whether it may. */
const joins = (condition: Node, sources: readonly Source[]): boolean => {
  if (!('A_Expr' in condition) || words(condition.A_Expr.name).at(-1) !== '=') return false
  const left = columnOf(condition.A_Expr.lexpr, sources)
  const right = columnOf(condition.A_Expr.rexpr, sources)
  return left !== null && right !== null && left.of !== right.of
}

const isParameter = ({ values }: Equality): boolean => values.every(({ parameter }) => parameter !== null)

const isTruth = ({ values }: Equality): boolean =>
  values.some(({ literal }) => literal === 'true' || literal === 'false')

/**
 * The condition decides whether the row may be written, beside which row it is: it looks at a column that is set, or
 * it holds something else than `column = value`, or a value in the text next to keys that are parameters.
 */
export const isGuarded = (
  conditions: readonly Node[],
  target: Source,
  sources: readonly Source[],
  set: ReadonlySet<string>,
): boolean => {
  const said = conditions.filter(namesAnything)
  if (said.some((condition) => [...columnsIn(condition, target, sources)].some((name) => set.has(name))))
    return true
  const keys: Equality[] = []
  for (const condition of said) {
    const equalities = equalitiesOf(condition, sources)
    if (equalities) keys.push(...equalities)
    else if (!joins(condition, sources)) return true
  }
  return keys.some(isTruth) || new Set(keys.map(isParameter)).size > 1
}

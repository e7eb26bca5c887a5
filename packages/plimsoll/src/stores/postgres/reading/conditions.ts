import type { A_Const, A_Expr, Node } from 'libpg-query'
import type { Key } from '../../../model/statement-facts.ts'
import { type Column, columnOf, type Source } from './tables.ts'
import { walk, words } from './tree.ts'

type Value = Pick<Key, 'parameter' | 'literal'>

/** `A AND (B AND C)` as three. */
export const conjuncts = (condition: Node | undefined): Node[] => {
  if (!condition) return []
  if ('BoolExpr' in condition && condition.BoolExpr.boolop === 'AND_EXPR')
    return (condition.BoolExpr.args ?? []).flatMap(conjuncts)
  return [condition]
}

const constant = (value: A_Const): string | null => {
  if (value.isnull) return null
  if (value.ival) return String(value.ival.ival ?? 0)
  if (value.boolval) return String(value.boolval.boolval ?? false)
  return value.sval ? (value.sval.sval ?? '') : (value.fval?.fval ?? value.bsval?.bsval ?? null)
}

/** Every value of a comparison's right side: one, a list, or an array; null when it is anything else. */
const valuesOf = (node: Node | undefined): Value[] | null => {
  if (!node) return null
  if ('TypeCast' in node) return valuesOf(node.TypeCast.arg)
  if ('ParamRef' in node) return [{ parameter: node.ParamRef.number ?? 0, literal: null }]
  if ('A_Const' in node) {
    const literal = constant(node.A_Const)
    return literal === null ? null : [{ parameter: null, literal }]
  }
  if ('List' in node) return valuesOfAll(node.List.items)
  return 'A_ArrayExpr' in node ? valuesOfAll(node.A_ArrayExpr.elements) : null
}

const valuesOfAll = (nodes: readonly Node[] = []): Value[] | null => {
  const each = nodes.map(valuesOf)
  return each.includes(null) ? null : each.flatMap((values) => values ?? [])
}

/** A column that must equal one of the values. */
export type Equality = { column: Column; values: Value[] }

const isEquals = ({ kind, name }: A_Expr): boolean =>
  (kind === 'AEXPR_OP' || kind === 'AEXPR_IN' || kind === 'AEXPR_OP_ANY') && words(name).at(-1) === '='

const partsOf = (node: Node | undefined): readonly Node[] | null =>
  node && 'RowExpr' in node ? (node.RowExpr.args ?? []) : null

/** `(a, b) = ($1, $2)`, `(a, b) IN (($1, $2), ($3, $4))`: column by column. */
const rowEqualities = (
  columns: readonly Node[],
  right: Node,
  sources: readonly Source[],
): Equality[] | null => {
  const rows = 'List' in right ? (right.List.items ?? []) : [right]
  const found = columns.map((node, index) => {
    const column = columnOf(node, sources)
    const values = valuesOfAll(rows.flatMap((row) => partsOf(row)?.slice(index, index + 1) ?? []))
    return column && values && values.length > 0 ? { column, values } : null
  })
  return found.includes(null) ? null : found.flatMap((equality) => equality ?? [])
}

/** Null when the condition is not, or not only, columns that must equal values. */
export const equalitiesOf = (condition: Node, sources: readonly Source[]): Equality[] | null => {
  if (!('A_Expr' in condition) || !isEquals(condition.A_Expr)) return null
  const { lexpr: left, rexpr: right } = condition.A_Expr
  const row = partsOf(left)
  if (row && right) return rowEqualities(row, right, sources)
  for (const [side, other] of [
    [left, right],
    [right, left],
  ]) {
    const column = columnOf(side, sources)
    const values = valuesOf(other)
    if (column && values) return [{ column, values }]
  }
  return null
}

/** The keys by which the conditions choose rows of one source. */
export const keysOf = (conditions: readonly Node[], source: Source, sources: readonly Source[]): Key[] =>
  conditions
    .flatMap((condition) => equalitiesOf(condition, sources) ?? [])
    .filter(({ column }) => column.of === source)
    .flatMap(({ column, values }) => values.map((value) => ({ column: column.name, ...value })))

/** Columns of `source` that an expression names, those inside subqueries left out: they have a snapshot of their own. */
export const columnsIn = (tree: unknown, source: Source, sources: readonly Source[]): Set<string> => {
  const found = new Set<string>()
  walk(tree, (node) => {
    if ('ColumnRef' in node) {
      const column = columnOf(node, sources)
      if (column?.of === source) found.add(column.name)
    }
    return !('SubLink' in node)
  })
  return found
}

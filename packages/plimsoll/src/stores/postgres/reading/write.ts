import type { DeleteStmt, InsertStmt, MergeStmt, Node, ResTarget, UpdateStmt } from 'libpg-query'
import type { TableWrite } from '../../../model/statement-facts.ts'
import { columnsIn, conjuncts, keysOf } from './conditions.ts'
import type { Gathering, Scope } from './gathering.ts'
import { isGuarded } from './guarded.ts'
import { enterWith, readExpressions, readFrom, readTables } from './query.ts'
import { type Source, sourceOf } from './tables.ts'

const targetsOf = (nodes: readonly Node[] | undefined): ResTarget[] =>
  (nodes ?? []).flatMap((node) => ('ResTarget' in node ? [node.ResTarget] : []))

const namesOf = (targets: readonly ResTarget[]): string[] => [
  ...new Set(targets.flatMap(({ name }) => (name === undefined ? [] : [name]))),
]

/** `SET (a, b) = (a + 1, $1)` holds the whole row at each of its columns. */
const assigned = ({ val }: ResTarget): Node | undefined => {
  if (!val || !('MultiAssignRef' in val)) return val
  const { source, colno = 1 } = val.MultiAssignRef
  return source && 'RowExpr' in source ? source.RowExpr.args?.[colno - 1] : source
}

const isRelative = (targets: readonly ResTarget[], target: Source, sources: readonly Source[]): boolean =>
  targets.some(
    (column) => column.name !== undefined && columnsIn(assigned(column), target, sources).has(column.name),
  )

type Change = {
  how: TableWrite['how']
  targets: ResTarget[]
  conditions: Node[]
  target: Source
  sources: Source[]
}

const describe = ({ how, targets, conditions, target, sources }: Change): Omit<TableWrite, 'table'> => {
  const columns = namesOf(targets)
  return {
    how,
    columns,
    keys: keysOf(conditions, target, sources),
    conditional: isGuarded(conditions, target, sources, new Set(columns)),
    relative: isRelative(targets, target, sources),
    onConflict: null,
  }
}

/** The condition under which `INSERT … SELECT` has a row to add. */
const isConditionalSource = (node: Node | undefined): boolean =>
  node !== undefined && 'SelectStmt' in node && node.SelectStmt.whereClause !== undefined

export const readInsert = (insert: InsertStmt, outer: Scope, into: Gathering): void => {
  const { relation, cols, selectStmt, onConflictClause: conflict, returningClause } = insert
  const scope = enterWith(insert.withClause, outer, into)
  into.statement(selectStmt, scope)
  readExpressions([conflict, returningClause], scope, into)
  const target = sourceOf(relation ?? {})
  if (target.table === null) return
  const excluded: Source = { table: null, alias: 'excluded', schema: null }
  const updated = targetsOf(conflict?.targetList)
  into.write({
    table: target.table,
    how: 'insert',
    columns: namesOf([...targetsOf(cols), ...updated]),
    keys: [],
    conditional: conflict?.whereClause !== undefined || isConditionalSource(selectStmt),
    relative: isRelative(updated, target, [target, excluded]),
    onConflict: conflict ? (conflict.action === 'ONCONFLICT_UPDATE' ? 'update' : 'nothing') : null,
  })
}

/** UPDATE and DELETE: the target is read, to find its rows, and written. */
export const readChange = (
  how: 'update' | 'delete',
  change: UpdateStmt & DeleteStmt,
  outer: Scope,
  into: Gathering,
): void => {
  const { relation, targetList, whereClause, returningClause } = change
  const scope = enterWith(change.withClause, outer, into)
  const target = sourceOf(relation ?? {})
  const from = readFrom(change.fromClause ?? change.usingClause, scope, into)
  const all = { ...from, sources: [target, ...from.sources] }
  const conditions = [...conjuncts(whereClause), ...from.conditions]
  readTables(all, conditions, into)
  readExpressions([targetList, whereClause, returningClause], scope, into)
  const targets = targetsOf(targetList)
  if (target.table !== null)
    into.write({
      table: target.table,
      ...describe({ how, targets, conditions, target, sources: all.sources }),
    })
}

export const readMerge = (merge: MergeStmt, outer: Scope, into: Gathering): void => {
  const { relation, sourceRelation, joinCondition, mergeWhenClauses = [], returningClause } = merge
  const scope = enterWith(merge.withClause, outer, into)
  const target = sourceOf(relation ?? {})
  const from = readFrom(sourceRelation ? [sourceRelation] : [], scope, into)
  const all = { ...from, sources: [target, ...from.sources] }
  const conditions = [...conjuncts(joinCondition), ...from.conditions]
  readTables(all, conditions, into)
  readExpressions([joinCondition, mergeWhenClauses, returningClause], scope, into)
  const clauses = mergeWhenClauses.flatMap((node) =>
    'MergeWhenClause' in node ? [node.MergeWhenClause] : [],
  )
  const targets = clauses.flatMap(({ targetList }) => targetsOf(targetList))
  if (target.table === null) return
  const write = describe({ how: 'merge', targets, conditions, target, sources: all.sources })
  const conditional = clauses.some(({ condition }) => condition !== undefined)
  into.write({ table: target.table, ...write, conditional })
}

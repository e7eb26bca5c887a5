import ts from 'typescript'
import type { Project } from '../../instruments/source/project.ts'
import { around, functionAround } from '../../instruments/source/script-nodes.ts'
import { type FoundStatement, findStatements } from '../find-statements.ts'
import { findReferences } from '../find-tables.ts'
import type { Edits } from '../patch-of.ts'
import { lockClause, readsOf, writesTo } from './lock-clause.ts'
import { isTransactionClient } from './transaction-client.ts'

const clientOf = ({ call }: FoundStatement): ts.Expression | null =>
  ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : null

const isInTransaction = (one: FoundStatement): boolean => {
  const client = clientOf(one)
  return client !== null && isTransactionClient(client)
}

const appendTo = (edits: Edits, { file, text }: FoundStatement, clause: string): boolean => {
  const edit = edits.of(file)
  if (edit === null) return false
  const raw = edit.raw(text).slice(0, -1)
  edit.insert(text.getStart() + raw.replace(/[\s;]+$/, '').length, clause)
  return true
}

/** Locks a row that is read anyway in the same transaction, before what counts is read. */
const lockEarlier = (edits: Edits, read: FoundStatement, all: readonly FoundStatement[], parent: string) => {
  const within = functionAround(read.call)
  for (const one of all) {
    const isEarlier = functionAround(one.call) === within && one.call.pos < read.call.pos
    const clause = isEarlier && one.source === read.source ? lockClause(one.sql, parent) : null
    if (clause !== null && isInTransaction(one)) return appendTo(edits, one, clause)
  }
  return false
}

const statementOf = (node: ts.Node): ts.Statement | null => {
  for (const at of around(node)) if (ts.isStatement(at) && ts.isBlock(at.parent)) return at
  return null
}

/** Locks the row that what is counted belongs to. */
const lockFirst = (edits: Edits, read: FoundStatement, column: string, parent: string, key: string) => {
  const [, nth] = new RegExp(`\\b${column} = \\$(\\d+)`, 'i').exec(read.sql) ?? []
  const value = read.values[Number(nth) - 1]
  const statement = statementOf(read.call)
  const edit = edits.of(read.file)
  const client = clientOf(read)
  if (value === undefined || statement === null || edit === null || client === null) return false
  const isPlain = ts.isIdentifier(value) || ts.isPropertyAccessExpression(value)
  if (!isPlain) return false
  const sql = `SELECT 1 FROM ${parent} WHERE ${key} = $1 FOR UPDATE`
  edit.before(statement, `await ${edit.raw(client)}.query('${sql}', [${edit.raw(value)}])`)
  return true
}

/** Rows that are not there yet cannot be locked; what they belong to can. */
const lockParent = (project: Project, edits: Edits, read: FoundStatement, all: readonly FoundStatement[]) => {
  const [first] = readsOf(read.sql)
  const references = findReferences(project).filter(({ table }) => table === first?.table)
  for (const { parent } of references) if (lockEarlier(edits, read, all, parent)) return true
  return references.some(({ column, parent, key }) => lockFirst(edits, read, column, parent, key))
}

/**
 * Locks what a transaction reads before it writes: the rows themselves, or what new rows belong to.
 * @returns false where it is not in a transaction, or nothing can be locked
 */
export const lockRead = (project: Project, edits: Edits, readSql: string, writeSql: string): boolean => {
  const all = findStatements(project)
  const write = writesTo(writeSql)
  const [read, another] = all.filter(({ sql }) => sql === readSql)
  if (read === undefined || another !== undefined || write === null || !isInTransaction(read)) return false
  const tables = readsOf(read.sql).map(({ table }) => table)
  if (write.isNew && tables.includes(write.table)) return lockParent(project, edits, read, all)
  const table = tables.includes(write.table) ? write.table : tables[0]
  const clause = table === undefined ? null : lockClause(read.sql, table)
  return clause !== null && appendTo(edits, read, clause)
}

import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { around, bare, nodesOf } from '../../instruments/source/script-nodes.ts'
import { type FoundStatement, findStatements } from '../find-statements.ts'
import { freeName } from '../free-name.ts'
import type { Edits } from '../patch-of.ts'
import { findGuards, type Guard } from './find-guards.ts'
import { rowNames } from './row-names.ts'

const READ = /^select ([\w, ]+) from (\w+) where (\w+) = \$1$/i
const WRITE = /^update (\w+) set (\w+) = \$(\d) where (\w+) = \$(\d)$/i

/** A column that is read, changed in code and written back. */
type Shape = { read: FoundStatement; write: FoundStatement; column: string; nth: number }

const shapeOf = (read: FoundStatement, write: FoundStatement): Shape | null => {
  const [, columns = '', table, key] = READ.exec(read.sql) ?? []
  const [, written, column = '', nth, writtenKey, keyAt] = WRITE.exec(write.sql) ?? []
  const isSame = table !== undefined && table === written && key === writtenKey
  const isKnown = columns.split(',').some((one) => one.trim() === column)
  const sameRow = read.values[0]?.getText() === write.values[Number(keyAt) - 1]?.getText()
  return isSame && isKnown && sameRow ? { read, write, column, nth: Number(nth) } : null
}

type Sum = { sign: '+' | '-'; by: ts.Expression }

const SIGNS: Readonly<Record<number, Sum['sign']>> = {
  [ts.SyntaxKind.PlusToken]: '+',
  [ts.SyntaxKind.MinusToken]: '-',
}

/** `rows[0].balance + amount` */
const sumOf = (value: ts.Expression, old: readonly string[]): Sum | null => {
  const plain = bare(value)
  const sign = ts.isBinaryExpression(plain) ? SIGNS[plain.operatorToken.kind] : undefined
  if (!ts.isBinaryExpression(plain) || sign === undefined) return null
  const [left, right] = [plain.left.getText(), plain.right.getText()]
  const isPlain = (one: ts.Expression) =>
    ts.isIdentifier(one) || ts.isNumericLiteral(one) || ts.isPropertyAccessExpression(one)
  if (old.includes(left) && isPlain(plain.right)) return { sign, by: plain.right }
  return sign === '+' && old.includes(right) && isPlain(plain.left) ? { sign, by: plain.left } : null
}

const statementOf = (node: ts.Node): ts.Statement | null => {
  for (const at of around(node)) if (ts.isStatement(at)) return at
  return null
}

const listOf = (one: ts.Statement): readonly ts.Statement[] =>
  ts.isBlock(one.parent) ? one.parent.statements : []

/** `const balance = rows[0].balance + amount`, a statement of its own between the two. */
const declarationOf = (between: readonly ts.Statement[], name: string) => {
  for (const one of between) {
    const [declared, another] = ts.isVariableStatement(one) ? one.declarationList.declarations : []
    if (declared === undefined || another !== undefined || declared.name.getText() !== name) continue
    if (declared.initializer !== undefined) return { statement: one, value: declared.initializer }
  }
  return null
}

type Plan = Shape & {
  sum: Sum
  guards: readonly Guard[]
  statement: ts.ExpressionStatement
  /** what holds the new value, and is used below */
  kept: { name: string; statement: ts.Statement; isUsed: boolean } | null
}

const planOf = (shape: Shape): Plan | null => {
  const { read, write, column, nth } = shape
  const [from, to] = [statementOf(read.call), statementOf(write.call)]
  if (from === null || to === null || !ts.isExpressionStatement(to) || from.parent !== to.parent) return null
  const list = listOf(from)
  const between = list.slice(list.indexOf(from) + 1, list.indexOf(to))
  const rows = rowNames(from, between)
  const old = rows.map((row) => `${row}.${column}`)
  const given = write.values[nth - 1]
  if (given === undefined) return null
  const declared = ts.isIdentifier(given) ? declarationOf(between, given.text) : null
  const sum = sumOf(declared?.value ?? given, old)
  const rest = between.filter((one) => one !== declared?.statement)
  const guards = findGuards(rest, rows, column)
  if (sum === null || guards === null) return null
  const below = list.slice(list.indexOf(to) + 1)
  const isUsed = (name: string) =>
    below.some((one) => [...nodesOf(one)].some((node) => ts.isIdentifier(node) && node.text === name))
  const kept =
    declared === null
      ? null
      : { name: given.getText(), statement: declared.statement, isUsed: isUsed(given.getText()) }
  return { ...shape, sum, guards, statement: to, kept }
}

const write = (edit: Edit, { write: { text, values }, column, nth, sum, guards, statement, kept }: Plan) => {
  const start = text.getStart()
  const raw = edit.raw(text)
  const at = raw.search(new RegExp(`=\\s*\\$${nth}`)) + 1
  const from = start + at + raw.slice(at).search(/\$/)
  edit.overwrite(from, from + 2, `${column} ${sum.sign} $${nth}`)
  const added = guards.flatMap(({ condition }) => (condition === null ? [] : [condition]))
  const conditions = added.map(
    ({ operator }, index) => ` AND ${column} ${operator} $${values.length + 1 + index}`,
  )
  const returning = kept?.isUsed === true ? ` RETURNING ${column}` : ''
  edit.insert(start + raw.slice(0, -1).replace(/[\s;]+$/, '').length, `${conditions.join('')}${returning}`)
  const value = values[nth - 1]
  if (value !== undefined) edit.overwrite(value.getStart(), value.end, edit.raw(sum.by))
  const last = values.at(-1)
  for (const { against } of added) if (last !== undefined) edit.insert(last.end, `, ${against}`)
  const guard = guards.at(-1)
  if (guard === undefined && kept?.isUsed !== true) return
  const name = freeName(edit.source, 'changed', 'updated', 'changedRow')
  edit.insert(statement.getStart(), `const ${name} = `)
  if (guard !== undefined) edit.after(statement, `if (${name}.rowCount === 0) ${guard.refusal}`)
  if (kept?.isUsed === true) {
    const property = kept.name === column ? `{ ${column} }` : `{ ${column}: ${kept.name} }`
    edit.after(statement, `const ${property} = ${name}.rows[0]`)
  }
}

/**
 * Lets the statement that writes compute from the row itself, and check what was checked before it.
 * @returns false where the shape is another one
 */
export const computeInStatement = (
  project: Project,
  edits: Edits,
  readSql: string,
  writeSql: string,
): boolean => {
  const all = findStatements(project)
  const plans = all
    .filter(({ sql }) => sql === readSql)
    .flatMap((read) =>
      all
        .filter((one) => one.sql === writeSql && one.source === read.source && one.call.pos > read.call.pos)
        .flatMap((one) => shapeOf(read, one) ?? [])
        .flatMap((shape) => planOf(shape) ?? []),
    )
  const [plan, another] = plans
  const edit = plan === undefined || another !== undefined ? null : edits.of(plan.read.file)
  if (edit === null || plan === undefined) return false
  write(edit, plan)
  if (plan.kept !== null) edit.remove(plan.kept.statement)
  return true
}

import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { around } from '../../instruments/source/script-nodes.ts'
import type { Finding } from '../../model/verdict.ts'
import { defineFixer } from '../define.ts'
import { findColumns } from '../find-columns.ts'
import { findHandlers } from '../find-handlers.ts'
import { type FoundStatement, findStatements, plainSql } from '../find-statements.ts'
import { openEdits, patchOf } from '../patch-of.ts'
import { readClauses } from '../read-clauses.ts'
import { chooseOwner } from './choose-owner.ts'
import { namedIn, tableOf } from './find-owners.ts'
import { mendBuilder } from './mend-builder.ts'
import { chosenBy, parametersOf } from './placeholders.ts'
import { reachPrincipal } from './reach-principal.ts'

const OWNERSHIP = 639

const statementsIn = ({ evidence }: Finding): string[] =>
  evidence.flatMap((one) => (one.kind === 'statements' ? one.statements.map(({ sql }) => plainSql(sql)) : []))

const placeIn = ({ evidence }: Finding) => {
  for (const one of evidence) if (one.kind === 'source') return one.place
  return null
}

const holdsLine = ({ call, source }: FoundStatement, line: number) => {
  const [from, to] = [call.getStart(source), call.end].map(
    (at) => source.getLineAndCharacterOfPosition(at).line + 1,
  )
  return from !== undefined && to !== undefined && from <= line && line <= to
}

/** The one place that sends the statement. */
const placeOf = (finding: Finding, all: readonly FoundStatement[]): FoundStatement | null => {
  const place = placeIn(finding)
  for (const sql of statementsIn(finding)) {
    const same = all.filter((one) => one.sql === sql)
    const there = same.filter((one) => one.file === place?.file && holdsLine(one, place.line))
    const [only, another] = there.length > 0 ? there : same
    if (only !== undefined && another === undefined) return only
  }
  return null
}

/** A row that is not there is refused already, so that one of somebody else is refused alike. */
const isRefusedWithout = ({ detail }: Finding, { call, sql }: FoundStatement): boolean => {
  const [, status] = /\bid that does not exist answers (\d{3})\b/.exec(detail) ?? []
  // What changes nothing does no harm, whatever it answers.
  if (!/^select\b/i.test(sql)) return status?.startsWith('5') !== true
  if (status !== undefined) return status.startsWith('4')
  const within = [...around(call)].find(ts.isFunctionLike)
  return /\b404\b|not ?found/i.test(within?.getText() ?? '')
}

/** The condition at the end of the others, and its value among the values. */
const addCondition = (
  edit: Edit,
  { text, call, values }: FoundStatement,
  condition: string,
  value: string,
) => {
  const sql = text.text
  const clauses = readClauses(sql)
  const start = text.getStart(edit.source) + 1
  const isAsWritten = edit.raw(text).slice(1, -1) === sql
  const list = call.arguments[1]
  const end = clauses?.where?.end
  if (end === undefined || !isAsWritten || list === undefined || !ts.isArrayLiteralExpression(list))
    return false
  const used = parametersOf(sql)
  const isNumbered = /\$\d/.test(sql)
  const place = isNumbered ? values.length : used.filter(({ at }) => at < end).length
  if (values.some(ts.isSpreadElement) || values.length !== new Set(used.map((one) => one.value)).size)
    return false
  const [before, after] = [values[place - 1], values[place]]
  edit.insert(start + end, ` AND ${condition} = ${isNumbered ? `$${place + 1}` : '?'}`)
  if (before !== undefined) edit.insert(before.end, `, ${value}`)
  else if (after !== undefined) edit.insert(after.getStart(edit.source), `${value}, `)
  return before !== undefined || after !== undefined
}

/** What the owner's column is called in the statement. */
const columnIn = (sql: string, table: string, column: string): string | null => {
  const named = namedIn(sql)
  const own = named.filter((one) => one.table === table)
  const [only, another] = own
  if (only === undefined || another !== undefined) return null
  return named.length === 1 ? column : `${only.alias}.${column}`
}

const proposeForBuilder = (finding: Finding, source: Project) => {
  const edits = openEdits(source)
  const [, status] = /\bid that does not exist answers (\d{3})\b/.exec(finding.detail) ?? []
  if (status?.startsWith('4') !== true) return []
  const column = mendBuilder(source, edits, finding, findHandlers(source), placeIn(finding))
  return column === null ? [] : patchOf(finding, 'owner-condition', titleFor(column), edits)
}

const titleFor = (column: string) => `Answer only what ${column} says is the caller's`

const propose = (finding: Finding, source: Project) => {
  const statements = findStatements(source)
  const found = placeOf(finding, statements)
  const tables = findColumns(source)
  if (found === null) return proposeForBuilder(finding, source)
  if (!isRefusedWithout(finding, found)) return []
  const [asked] = chosenBy(found.sql)
  const table = asked === undefined ? null : tableOf(found.sql, asked, tables)
  const handlers = findHandlers(source)
  const others = statements.filter((one) => one !== found)
  const owner =
    table === null ? null : chooseOwner(finding, source, { table, handlers, statements: others, tables })
  const edits = openEdits(source)
  const edit = edits.of(found.file)
  if (owner === null || edit === null || table === null) return []
  const column = columnIn(found.sql, table, owner.column)
  const value = reachPrincipal(source, edits, { found, handlers, owner })
  if (column === null || value === null || !addCondition(edit, found, column, value)) return []
  return patchOf(finding, 'owner-condition', titleFor(owner.column), edits)
}

/** **Contract:** reads, never writes; nothing where it is not certain whose rows they are, or who asks. */
export default defineFixer({
  id: 'owner-condition',
  title: 'Ask the database whose row it is',
  repairs: ['access'],
  propose: async (finding, source) => (finding.cwe === OWNERSHIP ? propose(finding, source) : []),
})

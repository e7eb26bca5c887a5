import ts from 'typescript'
import type { Project } from '../../instruments/source/project.ts'
import { around, bare, callsOf, nodesOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import { type FoundTable, sourcesOf } from '../find-columns.ts'
import { type Fn, type Handler, handlerAround, isFn, nameOfFn } from '../find-handlers.ts'
import type { FoundStatement } from '../find-statements.ts'
import { readClauses } from '../read-clauses.ts'
import { type Compared, chosenBy, insertedBy } from './placeholders.ts'

/** A column that other statements compare with whoever asks. */
export type Owner = {
  table: string
  column: string
  /** which parameter of the handler it is read from, and what is read of it: `.user.id` */
  parameter: number
  path: string
  /** decorators of that parameter: `@Req()` */
  decorators: string
  /** what TypeScript calls it where it is handed on; null where it is not */
  type: string | null
  handler: Handler
}

type Principal = Omit<Owner, 'table' | 'column'>

/** What the caller may write as it likes. */
const SENT = /^\.(?:request\.)?(?:body|params|query|headers|cookies|file|files|url)\b/

const chainOf = (node: ts.Expression): { root: ts.Identifier; path: string } | null => {
  const plain = bare(node)
  if (ts.isIdentifier(plain)) return { root: plain, path: '' }
  if (!ts.isPropertyAccessExpression(plain)) return null
  const inner = chainOf(plain.expression)
  return inner === null ? null : { root: inner.root, path: `${inner.path}.${plain.name.text}` }
}

/** `const { id: userId } = req.user` and `const userId = req.user.id` */
const boundIn = (fn: Fn, name: string): { from: ts.Expression; path: string } | null => {
  const found = [...nodesOf(fn)].flatMap((node) => {
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return []
    const { initializer: from } = node
    if (ts.isIdentifier(node.name)) return node.name.text === name ? [{ from, path: '' }] : []
    if (!ts.isObjectBindingPattern(node.name)) return []
    return node.name.elements.flatMap((one) => {
      if (!ts.isIdentifier(one.name) || one.name.text !== name || one.initializer !== undefined) return []
      return one.dotDotDotToken === undefined
        ? [{ from, path: `.${(one.propertyName ?? one.name).getText()}` }]
        : []
    })
  })
  const [only, another] = found
  return another === undefined ? (only ?? null) : null
}

export const decoratorsOf = (parameter: ts.ParameterDeclaration) =>
  (ts.getDecorators(parameter) ?? []).map((one) => one.getText()).join(' ')

const functionOf = (node: ts.Node): Fn | null => {
  for (const at of around(node)) if (isFn(at) && nameOfFn(at) !== null) return at
  return null
}

const MOST_STEPS = 4

/** What a value is of a request, followed through constants and one call; null where it is anything else. */
export const principalOf = (
  project: Project,
  handlers: readonly Handler[],
  value: ts.Expression,
  below = '',
  step = 0,
): Principal | null => {
  const chain = chainOf(value)
  if (chain === null || step > MOST_STEPS) return null
  const path = `${chain.path}${below}`
  const handler = handlerAround(value, handlers)
  const fn = handler?.fn ?? functionOf(value)
  if (fn === null) return null
  const at = fn.parameters.findIndex(({ name }) => ts.isIdentifier(name) && name.text === chain.root.text)
  const parameter = fn.parameters[at]
  if (parameter === undefined) {
    const bound = boundIn(fn, chain.root.text)
    return bound === null
      ? null
      : principalOf(project, handlers, bound.from, `${bound.path}${path}`, step + 1)
  }
  if (handler !== null)
    return path === '' || SENT.test(path)
      ? null
      : { parameter: at, path, decorators: decoratorsOf(parameter), type: null, handler }
  const given = callsTo(project, fn).map((call) => call.arguments[at])
  const found = given.map((one) =>
    one === undefined ? null : principalOf(project, handlers, one, path, step + 1),
  )
  const [first] = found
  if (first === undefined || first === null || !found.every((one) => one?.path === first.path)) return null
  return { ...first, type: path === '' ? (parameter.type?.getText() ?? first.type) : first.type }
}

/** Calls of a function by its name, wherever they are. */
export const callsTo = (project: Project, fn: Fn): ts.CallExpression[] => {
  const name = nameOfFn(fn)
  if (name === null) return []
  return codeFiles(project).flatMap(({ source }) =>
    [...callsOf(source)].filter(
      (call): call is ts.CallExpression =>
        ts.isCallExpression(call) && call.expression.getText().split('.').at(-1) === name,
    ),
  )
}

/** The tables that the rows of a statement are taken from, by what they are called there. */
export const namedIn = (sql: string): { table: string; alias: string }[] => {
  const clauses = readClauses(sql)
  if (clauses?.from !== null && clauses?.from !== undefined) return sourcesOf(clauses.from.text)
  const [, table] = /^\s*update\s+(?:only\s+)?(?:\w+\.)?["`]?(\w+)["`]?/i.exec(sql) ?? []
  const [, alias] = /^\s*update\s+\S+\s+(?:as\s+)?(?!set\b)(\w+)\s+set\b/i.exec(sql) ?? []
  return table === undefined ? [] : [{ table, alias: alias ?? table }]
}

/** The table that a column of a statement belongs to; null where that is not said. */
export const tableOf = (
  sql: string,
  { qualifier, column }: Compared,
  tables: readonly FoundTable[],
): string | null => {
  const named = namedIn(sql)
  if (qualifier !== null) return named.find(({ alias }) => alias === qualifier)?.table ?? null
  const [only, another] = named
  if (another === undefined) return only?.table ?? null
  const having = named.filter(({ table }) => tables.find(({ name }) => name === table)?.columns.has(column))
  return having.length === 1 ? (having[0]?.table ?? null) : null
}

/** What statements of the project compare with whoever asks, or write down as theirs. */
export const findOwners = (
  project: Project,
  handlers: readonly Handler[],
  statements: readonly FoundStatement[],
  tables: readonly FoundTable[],
): Owner[] =>
  statements.flatMap(({ sql, values }) => {
    const inserted = insertedBy(sql)
    const compared = inserted?.compared ?? chosenBy(sql)
    return compared.flatMap((one): Owner[] => {
      const table = inserted?.table ?? tableOf(sql, one, tables)
      const value = values[one.value]
      const principal = value === undefined ? null : principalOf(project, handlers, value)
      return table === null || principal === null ? [] : [{ table, column: one.column, ...principal }]
    })
  })

import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import type { Project } from '../../instruments/source/project.ts'
import { around, bare, callsOf, nodesOf } from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import { type Fn, findHandlers, type Handler, handlerAround, isFn, nameOfFn } from '../find-handlers.ts'

/** Where every row of a table is asked for. */
export type Sent = {
  file: string
  /** what is awaited */
  call: ts.CallExpression
  /** it gives the rows themselves, and not a result that has them */
  isList: boolean
  /** makes it answer a page; false where that is not possible */
  limit(edit: Edit): boolean
}

/** The statement of a handler that holds a list when it is done, and what the list is called there. */
export type List = {
  handler: Handler
  statement: ts.VariableStatement
  name: string
  /** a function between the handler and the statement that is sent, and its call in the handler */
  through: { fn: Fn; call: ts.CallExpression } | null
}

const statementOf = (call: ts.CallExpression): ts.VariableStatement | null => {
  const declared = declarationOf(call)
  const statement = declared?.parent.parent
  const isAlone =
    statement !== undefined &&
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.length === 1
  return isAlone && ts.isBlock(statement.parent) ? statement : null
}

const declarationOf = (call: ts.CallExpression): ts.VariableDeclaration | null => {
  const awaited = call.parent
  if (!ts.isAwaitExpression(awaited)) return null
  return ts.isVariableDeclaration(awaited.parent) ? awaited.parent : null
}

/** `rows` of `const { rows } = …`, `result.rows` of `const result = …` */
const rowsName = ({ name }: ts.VariableDeclaration, isList: boolean): string | null => {
  if (ts.isIdentifier(name)) return isList ? name.text : `${name.text}.rows`
  if (isList) return null
  const [only, another] = ts.isObjectBindingPattern(name) ? name.elements : []
  if (only === undefined || another !== undefined || !ts.isIdentifier(only.name)) return null
  return (only.propertyName ?? only.name).getText() === 'rows' ? only.name.text : null
}

/** Somebody counts the rows: a page has others. */
const isCounted = (fn: Fn, name: string): boolean =>
  [...nodesOf(fn)].some((node) => {
    if (!ts.isPropertyAccessExpression(node)) return false
    const text = node.getText()
    if (/\.rowCount$/.test(text)) return true
    if (text !== `${name}.length`) return false
    const { parent } = node
    const isAsked =
      ts.isPrefixUnaryExpression(parent) ||
      (ts.isBinaryExpression(parent) &&
        /^[=!]==?$|^[<>]$/.test(parent.operatorToken.getText()) &&
        /^[01]$/.test(parent.right.getText()))
    return !isAsked
  })

const functionAround = (node: ts.Node): Fn | null => {
  for (const at of around(node)) if (isFn(at)) return at
  return null
}

/** The rows themselves, or one of something for each of them. */
const givesRows = (fn: Fn, name: string): boolean => {
  const returns = [...nodesOf(fn)].filter(ts.isReturnStatement)
  const [only, another] = returns
  if (only?.expression === undefined || another !== undefined) return false
  const given = bare(only.expression)
  if (given.getText() === name) return true
  return ts.isCallExpression(given) && given.expression.getText() === `${name}.map`
}

const callsTo = (project: Project, name: string): ts.CallExpression[] =>
  codeFiles(project).flatMap(({ source }) =>
    [...callsOf(source)].filter(
      (call): call is ts.CallExpression =>
        ts.isCallExpression(call) && call.expression.getText().split('.').at(-1) === name,
    ),
  )

/** The handler's own statement, or the call of the one function that sends it; null where it is another way. */
export const findList = (project: Project, { call, isList }: Sent): List | null => {
  const handlers = findHandlers(project)
  const declared = declarationOf(call)
  const statement = statementOf(call)
  const name = declared === null ? null : rowsName(declared, isList)
  if (statement === null || name === null) return null
  const own = functionAround(call)
  const handler = handlers.find(({ fn }) => fn === own)
  if (own === null || isCounted(own, name)) return null
  if (handler !== undefined) return { handler, statement, name, through: null }
  const named = nameOfFn(own)
  const [caller, another] = named === null || !givesRows(own, name) ? [] : callsTo(project, named)
  if (caller === undefined || another !== undefined) return null
  const above = statementOf(caller)
  const held = declarationOf(caller)?.name
  const over = handlerAround(caller, handlers)
  if (above === null || held === undefined || !ts.isIdentifier(held) || over === null) return null
  if (functionAround(caller) !== over.fn || isCounted(over.fn, held.text)) return null
  return { handler: over, statement: above, name: held.text, through: { fn: own, call: caller } }
}

import ts from 'typescript'
import { around, nodesOf } from '../../instruments/source/script-nodes.ts'

/** What a result is replaced at, and how its rows are written there. */
export type Place = {
  node: ts.Expression
  /** a pattern that becomes a name: `{ rows }` */
  pattern?: { node: ts.ObjectBindingPattern; name: string }
  /** the rows are handed on as they are, or may be */
  isWhole: boolean
  write(rows: string): string
}

const COUNTED: ReadonlySet<string> = new Set([
  'length',
  'map',
  'flatMap',
  'reduce',
  'forEach',
  'some',
  'every',
])

/** `rows.length`, `rows[0].title`, `rows.map((row) => row.title)` */
const isPicked = (node: ts.Expression): boolean => {
  const { parent } = node
  if (ts.isElementAccessExpression(parent) && parent.expression === node)
    return ts.isPropertyAccessExpression(parent.parent) && parent.parent.expression === parent
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node) return false
  if (parent.name.text === 'length') return true
  const call = parent.parent
  if (!COUNTED.has(parent.name.text) || !ts.isCallExpression(call)) return false
  const [fn] = call.arguments
  const name = fn !== undefined && ts.isArrowFunction(fn) ? fn.parameters[0]?.name : undefined
  if (fn === undefined || name === undefined) return false
  if (!ts.isIdentifier(name)) return !name.getText().includes('...')
  return usesOf(fn, name.text).every(
    (use) =>
      use.parent === name.parent ||
      (ts.isPropertyAccessExpression(use.parent) && use.parent.expression === use),
  )
}

/** Of a property it is only the name. */
const isLabel = (node: ts.Identifier) =>
  (ts.isPropertyAccessExpression(node.parent) || ts.isPropertyAssignment(node.parent)) &&
  node.parent.name === node

const usesOf = (within: ts.Node, name: string): ts.Identifier[] =>
  [...nodesOf(within)].filter(ts.isIdentifier).filter((node) => node.text === name && !isLabel(node))

const isHandedOn = (body: ts.Node, name: ts.Identifier) =>
  usesOf(body, name.text).some((use) => use !== name && use.getStart() > name.end && !isPicked(use))

/** Of the result nothing is used but its rows. */
const isRowsAlone = (body: ts.Node, name: ts.Identifier) =>
  usesOf(body, name.text).every(
    (use) => use === name || (ts.isPropertyAccessExpression(use.parent) && use.parent.name.text === 'rows'),
  )

/** `const { rows } = await query(…)`, with or without a name of its own */
const ofPattern = (declared: ts.VariableDeclaration, body: ts.Node): Place | null => {
  const [only, another] = ts.isObjectBindingPattern(declared.name) ? declared.name.elements : []
  if (only === undefined || another !== undefined || !ts.isVariableDeclarationList(declared.parent))
    return null
  if ((only.propertyName ?? only.name).getText() !== 'rows') return null
  const { name } = only
  const isWhole = !ts.isIdentifier(name) || isHandedOn(body, name)
  if (declared.initializer === undefined || !ts.isObjectBindingPattern(declared.name)) return null
  const pattern = { node: declared.name, name: name.getText() }
  return { node: declared.initializer, pattern, isWhole, write: (rows) => rows }
}

/** Where the result of an awaited call goes; null where it is used in another way. */
export const placeOf = (call: ts.CallExpression, body: ts.Node): Place | null => {
  const [awaited] = around(call)
  if (awaited === undefined || !ts.isAwaitExpression(awaited)) return null
  const { parent } = awaited
  if (ts.isVariableDeclaration(parent) && parent.initializer === awaited) {
    if (ts.isObjectBindingPattern(parent.name)) return ofPattern(parent, body)
    if (!ts.isIdentifier(parent.name) || !isRowsAlone(body, parent.name)) return null
    return { node: awaited, isWhole: true, write: (rows) => `{ rows: ${rows} }` }
  }
  const isRows =
    ts.isParenthesizedExpression(parent) &&
    ts.isPropertyAccessExpression(parent.parent) &&
    parent.parent.name.text === 'rows'
  return isRows ? { node: parent.parent, isWhole: !isPicked(parent.parent), write: (rows) => rows } : null
}

import ts from 'typescript'
import { around, methodOf } from '../../instruments/source/script-nodes.ts'
import type { FoundStatement } from '../find-statements.ts'

/** A statement that is sent once for each row of a list. */
export type Loop = {
  /** the list and one row of it, as they are written: `authors`, `author` */
  list: string
  item: string
  /** the property of the row that the statement asks for */
  key: string
  /** what stands in the block that the list is known in, with the whole loop inside */
  statement: ts.Statement
  body: ts.Node
}

const isPlain = (node: ts.Expression): boolean =>
  ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && isPlain(node.expression))

const isAsync = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true

/** The statement of a block, as long as no function begins on the way to it. */
const statementOf = (node: ts.Node): ts.Statement | null => {
  for (const at of [node, ...around(node)]) {
    if (ts.isStatement(at) && at.parent !== undefined && ts.isBlock(at.parent)) return at
    if (ts.isFunctionLike(at)) return null
  }
  return null
}

const ofLoop = (at: ts.ForOfStatement) => {
  const [declared] = ts.isVariableDeclarationList(at.initializer) ? at.initializer.declarations : []
  if (declared === undefined || !ts.isIdentifier(declared.name) || !isPlain(at.expression)) return null
  const statement = statementOf(at)
  if (statement === null) return null
  return { list: at.expression.getText(), item: declared.name.text, statement, body: at.statement }
}

/** `authors.map(async (author) => …)` in an async function */
const ofMap = (at: ts.ArrowFunction | ts.FunctionExpression) => {
  const call = at.parent
  const [parameter, another] = at.parameters
  if (!ts.isCallExpression(call) || methodOf(call) !== 'map' || another !== undefined) return null
  if (parameter === undefined || !ts.isIdentifier(parameter.name)) return null
  if (!ts.isPropertyAccessExpression(call.expression) || !isPlain(call.expression.expression)) return null
  const statement = statementOf(call)
  const outer = statement === null ? undefined : [...around(statement)].find(ts.isFunctionLike)
  if (statement === null || outer === undefined || !isAsync(outer)) return null
  return {
    ...{ list: call.expression.expression.getText(), item: parameter.name.text },
    ...{ statement, body: at.body },
  }
}

const loopAround = (node: ts.Node) => {
  for (const at of around(node)) {
    if (ts.isForOfStatement(at)) return at.awaitModifier === undefined ? ofLoop(at) : null
    if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) return ofMap(at)
    if (ts.isFunctionLike(at) || ts.isIterationStatement(at, false)) return null
  }
  return null
}

/** The loop in which a statement is sent with a property of its row alone; null where it is not so. */
export const findLoop = ({ call, values }: FoundStatement): Loop | null => {
  const [value, another] = values
  const loop = loopAround(call)
  if (loop === null || value === undefined || another !== undefined) return null
  if (!ts.isPropertyAccessExpression(value) || value.expression.getText() !== loop.item) return null
  return { ...loop, key: value.name.text }
}

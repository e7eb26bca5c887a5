import ts from 'typescript'
import { around, methodOf, nodesOf } from '../../instruments/source/script-nodes.ts'

/** Code that runs once for each row of a list. */
export type Loop = {
  /** the list and one row of it, as they are written: `authors`, `author` */
  list: string
  item: string
  /** what stands in the block that the list is known in, with the whole loop inside */
  statement: ts.Statement
  body: ts.Node
}

export const isPlain = (node: ts.Expression): boolean =>
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

/** What is no array has no `map`. */
const isArray = (list: ts.Expression): boolean => {
  const name = list.getText()
  return ![...nodesOf(list.getSourceFile())].some(
    (node) =>
      ts.isVariableDeclaration(node) &&
      node.name.getText() === name &&
      node.initializer !== undefined &&
      ts.isNewExpression(node.initializer),
  )
}

const ofLoop = (at: ts.ForOfStatement): Loop | null => {
  const [declared] = ts.isVariableDeclarationList(at.initializer) ? at.initializer.declarations : []
  if (declared === undefined || !ts.isIdentifier(declared.name)) return null
  const statement = isPlain(at.expression) && isArray(at.expression) ? statementOf(at) : null
  if (statement === null) return null
  return { list: at.expression.getText(), item: declared.name.text, statement, body: at.statement }
}

/** `authors.map(async (author) => …)` in an async function */
const ofMap = (at: ts.ArrowFunction | ts.FunctionExpression): Loop | null => {
  const call = at.parent
  const [parameter] = at.parameters
  if (!ts.isCallExpression(call) || methodOf(call) !== 'map') return null
  if (parameter === undefined || !ts.isIdentifier(parameter.name)) return null
  if (!ts.isPropertyAccessExpression(call.expression) || !isPlain(call.expression.expression)) return null
  const statement = isArray(call.expression.expression) ? statementOf(call) : null
  const outer = statement === null ? undefined : [...around(statement)].find(ts.isFunctionLike)
  if (statement === null || outer === undefined || !isAsync(outer)) return null
  return {
    ...{ list: call.expression.expression.getText(), item: parameter.name.text },
    ...{ statement, body: at.body },
  }
}

/** The loop that a node is directly in; null where there is none, or one that is not understood. */
export const findLoop = (node: ts.Node): Loop | null => {
  for (const at of around(node)) {
    if (ts.isForOfStatement(at)) return at.awaitModifier === undefined ? ofLoop(at) : null
    if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) return ofMap(at)
    if (ts.isFunctionLike(at) || ts.isIterationStatement(at, false)) return null
  }
  return null
}

/** `author.id`: what each row has of its own. */
export const isOfRow = (value: ts.Expression, item: string): value is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(value) && value.expression.getText() === item

const declaredWithin = (loop: Loop): Set<string> =>
  new Set(
    [...nodesOf(loop.statement)]
      .filter((node) => ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node))
      .flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : [])),
  )

/** Known before the loop, and the same in each turn. */
export const isSteady = (value: ts.Expression, loop: Loop): boolean => {
  if (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) return true
  if (!isPlain(value)) return false
  const [root = ''] = value.getText().split('.')
  const isChanged = [...nodesOf(loop.statement)].some(
    (node) =>
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.operatorToken.kind <= ts.SyntaxKind.LastAssignment &&
      node.left.getText().split('.')[0] === root,
  )
  return !isChanged && !declaredWithin(loop).has(root)
}

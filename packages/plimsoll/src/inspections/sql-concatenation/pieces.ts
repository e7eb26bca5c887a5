import ts from 'typescript'
import { bare, nameOf, propertyOf } from '../../instruments/source/script-nodes.ts'
import { assignedTo, declaredBy } from '../request-data.ts'

/** A text that is put together: what is written out, and what is filled in. */
export type Piece = string | ts.Expression

const MOST_HOPS = 5

const ofIdentifier = (use: ts.Identifier, hops: number): Piece[] | null => {
  const declared = declaredBy(use).flatMap(({ node, path }) =>
    !ts.isParameter(node) && path.length === 0 && node.initializer !== undefined ? [node.initializer] : [],
  )
  const pieces = [...declared, ...assignedTo(use)].map((value) => piecesIn(value, hops - 1))
  return pieces.some((each) => each.some((piece) => typeof piece === 'string')) ? pieces.flat() : null
}

const piecesIn = (expression: ts.Expression, hops: number): Piece[] => {
  const node = bare(expression)
  if (hops <= 0) return [node]
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node))
    return [
      node.head.text,
      ...node.templateSpans.flatMap(({ expression, literal }) => [
        ...piecesIn(expression, hops - 1),
        literal.text,
      ]),
    ]
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return [...piecesIn(node.left, hops), ...piecesIn(node.right, hops)]
  if (ts.isIdentifier(node)) return ofIdentifier(node, hops) ?? [node]
  if (ts.isConditionalExpression(node))
    return [...piecesIn(node.whenTrue, hops - 1), ...piecesIn(node.whenFalse, hops - 1)]
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression: object } = node.expression
    if (name.text === 'concat') return [object, ...node.arguments].flatMap((one) => piecesIn(one, hops))
    if (/^(?:trim|replace|replaceAll)$/.test(name.text)) return piecesIn(object, hops)
    const list = bare(object)
    if (name.text === 'join' && ts.isArrayLiteralExpression(list))
      return list.elements.flatMap((one) => piecesIn(one, hops))
  }
  return [node]
}

/** The pieces of the statement that a call is given: its first argument, or `text` or `sql` of it. */
export const piecesOf = (call: ts.CallExpression): Piece[] => {
  const [first] = call.arguments
  if (first === undefined) return []
  const given = propertyOf(first, 'text') ?? propertyOf(first, 'sql') ?? propertyOf(first, 'query') ?? first
  const inner = bare(given)
  if (ts.isCallExpression(inner) && /(?:^|\.)(?:raw|literal|text|unsafe)$/.test(nameOf(inner.expression)))
    return piecesOf(inner)
  return piecesIn(given, MOST_HOPS)
}

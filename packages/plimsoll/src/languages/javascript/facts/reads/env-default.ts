import ts from 'typescript'
import { literalText } from './syntax.ts'

const CONVERTERS = new Set(['Number', 'parseInt', 'parseFloat', 'String', 'Boolean', 'BigInt'])

/** A converter named after what it reads or returns, as opposed to `readFileSync(process.env.CERT, 'utf8')`. */
const READS_A_VALUE =
  /env|num|int|bool|str(?!eam)|float|default|fallback|flag|port|duration|value|^(or|parse|to)/i

const calledName = (call: ts.CallExpression): string =>
  ts.isIdentifier(call.expression)
    ? call.expression.text
    : ts.isPropertyAccessExpression(call.expression)
      ? call.expression.name.text
      : ''

const isFallback = (kind: ts.SyntaxKind) =>
  kind === ts.SyntaxKind.BarBarToken ||
  kind === ts.SyntaxKind.QuestionQuestionToken ||
  kind === ts.SyntaxKind.BarBarEqualsToken ||
  kind === ts.SyntaxKind.QuestionQuestionEqualsToken

/** `flag(process.env.X, true)`: a converter of the project's own, with the default as its second argument. */
const givenToCall = (call: ts.CallExpression, node: ts.Node): string | null | undefined => {
  if (call.expression === node) return undefined
  if (call.arguments[0] !== node) return null
  const name = calledName(call)
  if (CONVERTERS.has(name)) return undefined
  return READS_A_VALUE.test(name) ? (literalText(call.arguments[1]) ?? undefined) : undefined
}

/**
 * The literal that stands in for a variable that is not set, read off the expression around the read:
 * `X || 'a'`, `Number(X ?? 3000)`, `parseInt(X, 10) || 3000`, `flag(X, true)`, `A || B || 'c'`, `X ? X : 'a'`.
 */
export const defaultAround = (read: ts.Node): string | null => {
  let node: ts.Node = read
  for (let parent = node.parent; parent !== undefined; node = parent, parent = parent.parent) {
    if (ts.isBinaryExpression(parent)) {
      if (!isFallback(parent.operatorToken.kind)) return null
      if (parent.left === node) {
        const literal = literalText(parent.right)
        if (literal !== null) return literal
      }
    } else if (ts.isCallExpression(parent)) {
      const given = givenToCall(parent, node)
      if (given !== undefined) return given
    } else if (ts.isConditionalExpression(parent)) {
      return parent.condition === node ? literalText(parent.whenFalse) : null
    } else if (
      !ts.isParenthesizedExpression(parent) &&
      !ts.isAsExpression(parent) &&
      !ts.isNonNullExpression(parent) &&
      !ts.isPropertyAccessExpression(parent) &&
      !(ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.PlusToken)
    ) {
      return null
    }
  }
  return null
}

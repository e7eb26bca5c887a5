import ts from 'typescript'
import { bare, nameOf } from '../instruments/source/script-nodes.ts'
import { declaredBy } from './request-data.ts'

const MOST_HOPS = 4

/** The expression that a name of this file stands for, where it is declared once; anything else as it is. */
export const constantOf = (expression: ts.Expression, hops = MOST_HOPS): ts.Expression => {
  const node = bare(expression)
  if (!ts.isIdentifier(node) || hops === 0) return node
  const [declared, another] = declaredBy(node)
  if (declared === undefined || another !== undefined || declared.path.length > 0) return node
  const { initializer } = declared.node
  return initializer === undefined || ts.isParameter(declared.node) ? node : constantOf(initializer, hops - 1)
}

const COMBINE: Readonly<Record<number, (a: number, b: number) => number>> = {
  [ts.SyntaxKind.AsteriskToken]: (a, b) => a * b,
  [ts.SyntaxKind.PlusToken]: (a, b) => a + b,
  [ts.SyntaxKind.AsteriskAsteriskToken]: (a, b) => a ** b,
  [ts.SyntaxKind.LessThanLessThanToken]: (a, b) => a * 2 ** b,
}

/** `50 * 1024 * 1024`, `Infinity`, a constant of this file; null where it is only known when it runs. */
export const numberOf = (expression: ts.Expression): number | null => {
  const node = constantOf(expression)
  if (ts.isNumericLiteral(node)) return Number(node.text)
  if (ts.isIdentifier(node) && node.text === 'Infinity') return Number.POSITIVE_INFINITY
  if (/^Number\.(?:MAX_SAFE_INTEGER|MAX_VALUE|POSITIVE_INFINITY)$/.test(nameOf(node)))
    return Number.POSITIVE_INFINITY
  if (!ts.isBinaryExpression(node)) return null
  const combine = COMBINE[node.operatorToken.kind]
  const left = numberOf(node.left)
  const right = numberOf(node.right)
  return combine === undefined || left === null || right === null ? null : combine(left, right)
}

import ts from 'typescript'
import type { Literal } from './literal.ts'
import { HOLE, looksLikeSql } from './sql-text.ts'

const DEEPEST = 200
const MOST_NAMES = 4

type Constants = ReadonlyMap<string, ts.Expression>
type Depth = { nodes: number; names: number }

/** Names that one file gives to a text once and for all: `const EVENT = 'SELECT …'`. */
const constantsIn = (source: ts.SourceFile): Constants => {
  const found = new Map<string, ts.Expression>()
  const twice = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
      const isConstant = (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0
      const name = node.name.text
      if (found.has(name) || !isConstant || node.initializer === undefined) twice.add(name)
      else found.set(name, node.initializer)
    }
    if (ts.isParameter(node) && ts.isIdentifier(node.name)) twice.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return new Map([...found].filter(([name]) => !twice.has(name)))
}

const isJoin = (node: ts.Expression): node is ts.CallExpression =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  node.expression.name.text === 'join' &&
  ts.isArrayLiteralExpression(node.expression.expression)

const joined = (node: ts.CallExpression, constants: Constants, depth: Depth): string => {
  const list = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : null
  const [separator] = node.arguments
  const between = separator !== undefined && ts.isStringLiteralLike(separator) ? separator.text : ','
  if (list === null || !ts.isArrayLiteralExpression(list)) return HOLE
  return list.elements.map((each) => textOf(each, constants, depth) ?? HOLE).join(between)
}

/** The text of an expression as far as it is written there; null for what is no text at all. */
const textOf = (
  node: ts.Expression,
  constants: Constants,
  depth: Depth = { nodes: 0, names: 0 },
): string | null => {
  if (depth.nodes > DEEPEST || depth.names > MOST_NAMES) return null
  const below = { ...depth, nodes: depth.nodes + 1 }
  const inner = (other: ts.Expression) => textOf(other, constants, below)
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node))
    return node.templateSpans.reduce(
      (text, span) => text + (inner(span.expression) ?? HOLE) + span.literal.text,
      node.head.text,
    )
  if (ts.isTaggedTemplateExpression(node)) return inner(node.template)
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return inner(node.expression)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [inner(node.left), inner(node.right)]
    return left === null && right === null ? null : `${left ?? HOLE}${right ?? HOLE}`
  }
  if (isJoin(node)) return joined(node, constants, below)
  if (!ts.isIdentifier(node)) return null
  const named = constants.get(node.text)
  return named === undefined ? null : textOf(named, constants, { ...below, names: depth.names + 1 })
}

/** Texts of a JavaScript or TypeScript file that may be SQL; constants of the same file are filled in. */
export const scriptLiterals = (file: string, source: ts.SourceFile): Literal[] => {
  const constants = constantsIn(source)
  const found: Literal[] = []
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) ||
      ts.isTemplateExpression(node) ||
      ts.isBinaryExpression(node) ||
      (ts.isCallExpression(node) && isJoin(node))
    const text = isText ? textOf(node, constants) : null
    if (text !== null && looksLikeSql(text)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
      found.push({ file, line, text })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

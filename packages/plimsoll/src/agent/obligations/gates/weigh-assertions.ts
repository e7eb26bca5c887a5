import ts from 'typescript'
import { ASSERTING } from './case-of-test.ts'

/** Functions that a file declares, by name: an assertion may stand in one of them. */
export type Declared = ReadonlyMap<string, ts.Node>

export type Weighed = { weight: number; calls: Set<string> }

const TAP =
  /^(?:is|not|equals?|deepEqual|same|strictSame|strictEqual|ok|notOk|true|false|truthy|falsy|match|throws\w*|rejects|like|regex|has|plan|pass|fail)$/
const MOST_DEPTH = 4

export const declaredIn = (source: ts.SourceFile): Declared => {
  const found = new Map<string, ts.Node>()
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) found.set(node.name.text, node)
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      if (ts.isFunctionLike(node.initializer)) found.set(node.name.text, node.initializer)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const isFixed = (node: ts.Expression): boolean =>
  ts.isLiteralExpression(node) ||
  [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind)

/** Values that a literal holds: comparing an object compares each of them. */
const leaves = (node: ts.Expression): number => {
  if (ts.isObjectLiteralExpression(node))
    return node.properties.reduce(
      (sum, one) => sum + (ts.isPropertyAssignment(one) ? leaves(one.initializer) : 1),
      0,
    )
  if (ts.isArrayLiteralExpression(node)) return node.elements.reduce((sum, one) => sum + leaves(one), 0)
  return 1
}

/** `expect(x)` at the root of a chain of calls and properties. */
const rootCall = (node: ts.Expression): ts.CallExpression | null => {
  if (ts.isPropertyAccessExpression(node) || ts.isNonNullExpression(node)) return rootCall(node.expression)
  if (!ts.isCallExpression(node)) return null
  return ts.isIdentifier(node.expression) ? node : rootCall(node.expression)
}

const rootName = (node: ts.Expression): string => {
  if (ts.isIdentifier(node)) return node.text
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return rootName(node.expression)
  return ''
}

const weightOfArguments = (args: readonly ts.Expression[]) =>
  Math.max(
    1,
    ...args.map((one) =>
      ts.isObjectLiteralExpression(one) || ts.isArrayLiteralExpression(one) ? leaves(one) : 1,
    ),
  )

/** What one call asserts; null where it asserts nothing by itself. */
const weightOfCall = (node: ts.CallExpression): number | null => {
  const { expression, arguments: args } = node
  const fixed = args.length > 0 && args.every(isFixed)
  const root = rootCall(expression)
  if (root !== null && ts.isIdentifier(root.expression) && root.expression.text === 'expect') {
    // The matcher counts, not the calls inside the chain.
    if (!ts.isPropertyAccessExpression(expression)) return null
    if (root.arguments.length > 0 && root.arguments.every(isFixed) && (fixed || args.length === 0)) return 0
    return weightOfArguments(args)
  }
  if (!ts.isPropertyAccessExpression(expression))
    return rootName(expression) === 'assert' ? (fixed ? 0 : 1) : null
  const owner = rootName(expression)
  const method = expression.name.text
  if (owner === 'assert' || owner === 'chai') return fixed ? 0 : weightOfArguments(args)
  if (method === 'expect') return 1
  if (expression.getText().includes('.should.')) return 1
  return (owner === 't' || owner === 'tap') && TAP.test(method) ? (fixed ? 0 : weightOfArguments(args)) : null
}

/** Assertions in a node, those of functions of the same file that it calls included. */
export const weigh = (start: ts.Node, declared: Declared, depth = 0): Weighed => {
  const found: Weighed = { weight: 0, calls: new Set() }
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const weight = weightOfCall(node)
      if (weight !== null) found.weight += weight
      else if (ts.isIdentifier(node.expression)) called(node.expression.text)
    }
    ts.forEachChild(node, visit)
  }
  const called = (name: string) => {
    if (name === 'expect') return
    const body = declared.get(name)
    const inside = body === undefined || depth >= MOST_DEPTH ? null : weigh(body, declared, depth + 1)
    if (inside === null) found.calls.add(name)
    else for (const call of inside.calls) found.calls.add(call)
    const asserts = ASSERTING.test(name) ? 1 : 0
    found.weight += Math.max(asserts, inside?.weight ?? 0)
  }
  ts.forEachChild(start, visit)
  return found
}

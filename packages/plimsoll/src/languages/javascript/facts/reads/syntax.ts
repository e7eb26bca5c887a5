import ts from 'typescript'
import type { SourcePlace } from '../../../../model/evidence.ts'

/** One parsed file with what every reader asks of it. */
export type Script = { file: string; source: ts.SourceFile }

export const placeOf = (script: Script, node: ts.Node): SourcePlace => ({
  file: script.file,
  line: script.source.getLineAndCharacterOfPosition(node.getStart(script.source)).line + 1,
})

/** Strips what does not change a value: parentheses, `as`, `!`, `await`, `satisfies`. */
export const bare = (node: ts.Expression): ts.Expression => {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isAwaitExpression(node)
  )
    return bare(node.expression)
  return node
}

/** Text of a literal (string, number, boolean, `-1`, plain template); null for everything else. */
export const literalText = (expression: ts.Expression | undefined): string | null => {
  if (expression === undefined) return null
  const node = bare(expression)
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isNumericLiteral(node)) return node.text
  if (node.kind === ts.SyntaxKind.TrueKeyword) return 'true'
  if (node.kind === ts.SyntaxKind.FalseKeyword) return 'false'
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const inner = literalText(node.operand)
    return inner === null ? null : `-${inner}`
  }
  return null
}

export const nameOfProperty = (name: ts.PropertyName | ts.BindingName | undefined): string | null =>
  name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : null

/** Value of a property written as `key: value` or `key`; null when the literal has none. */
export const property = (object: ts.ObjectLiteralExpression, key: string): ts.Expression | null => {
  for (const member of object.properties) {
    if (nameOfProperty(member.name) !== key) continue
    if (ts.isPropertyAssignment(member)) return member.initializer
    if (ts.isShorthandPropertyAssignment(member)) return member.name
  }
  return null
}

/** `a.b.c` as its words; null when it is anything else. */
export const chain = (expression: ts.Expression): string[] | null => {
  const node = bare(expression)
  if (ts.isIdentifier(node)) return [node.text]
  if (node.kind === ts.SyntaxKind.ThisKeyword) return ['this']
  if (!ts.isPropertyAccessExpression(node)) return null
  const before = chain(node.expression)
  return before === null ? null : [...before, node.name.text]
}

/** Package name of a specifier: `@a/b/c` → `@a/b`, `pg/lib` → `pg`; null for a relative one or one of Node's own. */
export const packageOf = (specifier: string): string | null => {
  if (specifier.startsWith('.') || specifier.startsWith('/') || specifier.startsWith('node:')) return null
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? null)
}

/** The specifier of `import … from 'x'`, `export … from 'x'`, `import('x')`, `require('x')`. */
export const specifierOf = (node: ts.Node): string | null => {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined)
    return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : null
  if (!ts.isCallExpression(node)) return null
  const called = node.expression
  const loads =
    called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require')
  const first = node.arguments[0]
  return loads && first !== undefined && ts.isStringLiteralLike(first) ? first.text : null
}

const { FirstTypeNode, LastTypeNode, InterfaceDeclaration, TypeAliasDeclaration } = ts.SyntaxKind

/** Visits everything below the node that can run: types and interfaces are left out. */
export const walk = (node: ts.Node, visit: (node: ts.Node) => void): void => {
  const step = (child: ts.Node): void => {
    const { kind } = child
    if (kind >= FirstTypeNode && kind <= LastTypeNode) return
    if (kind === InterfaceDeclaration || kind === TypeAliasDeclaration) return
    visit(child)
    ts.forEachChild(child, step)
  }
  ts.forEachChild(node, step)
}

import ts from 'typescript'

/** Every node of a tree, parents first. */
export function* nodesOf(root: ts.Node): Generator<ts.Node> {
  const waiting: ts.Node[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node
    const children: ts.Node[] = []
    node.forEachChild((child) => {
      children.push(child)
    })
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index]
      if (child !== undefined) waiting.push(child)
    }
  }
}

export function* callsOf(root: ts.Node): Generator<ts.CallExpression | ts.NewExpression> {
  for (const node of nodesOf(root)) if (ts.isCallExpression(node) || ts.isNewExpression(node)) yield node
}

/** The expression inside parentheses, casts, `await` and the like. */
export const bare = (node: ts.Expression): ts.Expression => {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node)
  )
    return bare(node.expression)
  return node
}

/** `db.query`, without `this` and optional chaining; `.query` of what a call returns. */
export const nameOf = (node: ts.Expression): string => {
  const plain = bare(node)
  if (ts.isIdentifier(plain)) return plain.text
  if (ts.isPropertyAccessExpression(plain)) {
    if (plain.expression.kind === ts.SyntaxKind.ThisKeyword) return plain.name.text
    return `${nameOf(plain.expression)}.${plain.name.text}`
  }
  return ''
}

/** `query` of `db.query(…)`. */
export const methodOf = (call: ts.CallExpression | ts.NewExpression): string => {
  const name = nameOf(call.expression)
  return name.slice(name.lastIndexOf('.') + 1)
}

export const literalOf = (node: ts.Node | undefined): string | null =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : null

export const keyOf = (name: ts.PropertyName): string | null =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : null

/** The value of a property that is written out in an object literal. */
export const propertyOf = (object: ts.Expression | undefined, name: string): ts.Expression | null => {
  const plain = object === undefined ? undefined : bare(object)
  if (plain === undefined || !ts.isObjectLiteralExpression(plain)) return null
  for (const one of plain.properties) {
    if (ts.isPropertyAssignment(one) && keyOf(one.name) === name) return one.initializer
    if (ts.isShorthandPropertyAssignment(one) && one.name.text === name) return one.name
  }
  return null
}

export const isTrue = (node: ts.Expression | null): boolean => node?.kind === ts.SyntaxKind.TrueKeyword
export const isFalse = (node: ts.Expression | null): boolean => node?.kind === ts.SyntaxKind.FalseKeyword

/** Nodes around this one, innermost first. */
export function* around(node: ts.Node): Generator<ts.Node> {
  for (let at = node.parent; at !== undefined; at = at.parent) yield at
}

export const functionAround = (node: ts.Node): ts.SignatureDeclaration | null => {
  for (const at of around(node)) if (ts.isFunctionLike(at)) return at
  return null
}

export const lineOf = (source: ts.SourceFile, node: ts.Node): number =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1

/** Local name → the package or file it is taken from, and what it is called there (`*` or `default` for all of it). */
export const importsOf = (source: ts.SourceFile): ReadonlyMap<string, { from: string; name: string }> => {
  const found = new Map<string, { from: string; name: string }>()
  const bind = (name: ts.BindingName, from: string, what = '*') => {
    if (ts.isIdentifier(name)) found.set(name.text, { from, name: what })
    if (ts.isObjectBindingPattern(name))
      for (const one of name.elements) {
        const property = one.propertyName ?? one.name
        bind(one.name, from, ts.isIdentifier(property) ? property.text : '*')
      }
  }
  for (const node of nodesOf(source)) {
    if (ts.isImportDeclaration(node)) {
      const from = literalOf(node.moduleSpecifier) ?? ''
      const clause = node.importClause
      if (clause?.name) found.set(clause.name.text, { from, name: 'default' })
      if (clause?.namedBindings && ts.isNamespaceImport(clause.namedBindings))
        found.set(clause.namedBindings.name.text, { from, name: '*' })
      if (clause?.namedBindings && ts.isNamedImports(clause.namedBindings))
        for (const one of clause.namedBindings.elements)
          found.set(one.name.text, { from, name: (one.propertyName ?? one.name).text })
    }
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
      found.set(node.name.text, { from: literalOf(node.moduleReference.expression) ?? '', name: '*' })
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
      const [from, what] = requiredBy(node.initializer)
      if (from !== null) bind(node.name, from, what)
    }
  }
  return found
}

/** `require('x')`, `require('x').y` */
const requiredBy = (node: ts.Expression): [string | null, string] => {
  const plain = bare(node)
  if (ts.isPropertyAccessExpression(plain)) return [requiredBy(plain.expression)[0], plain.name.text]
  const isRequire = ts.isCallExpression(plain) && nameOf(plain.expression) === 'require'
  return [isRequire ? literalOf(plain.arguments[0]) : null, '*']
}

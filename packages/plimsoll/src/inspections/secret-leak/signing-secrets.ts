import ts from 'typescript'

/** A literal that signs or verifies: whoever reads it can forge what the service trusts. */
export type SigningSecret = { index: number; value: string; by: string }

/** Calls whose options hold the signing secret under one of these names. */
const OPTION_NAMES = new Set(['secret', 'secretOrKey', 'jwtSecret'])
const TAKES_OPTIONS = /^(?:session|expressSession|expressjwt|JwtModule\.register|jwt|koaJwt)$/
const JWT_PACKAGES = new Set(['jsonwebtoken', 'jwt-simple'])

const literalOf = (node: ts.Expression | undefined, constants: ReadonlyMap<string, ts.StringLiteralLike>) => {
  if (node === undefined) return null
  if (ts.isStringLiteralLike(node)) return node
  return ts.isIdentifier(node) ? (constants.get(node.text) ?? null) : null
}

/** Names that this file imports from a package that signs tokens. */
const signersOf = (source: ts.SourceFile) => {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    const from = ts.isImportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isVariableDeclaration(node) && node.initializer && ts.isCallExpression(node.initializer)
        ? node.initializer.arguments[0]
        : undefined
    if (from && ts.isStringLiteralLike(from) && JWT_PACKAGES.has(from.text)) {
      const binding = ts.isImportDeclaration(node)
        ? node.importClause
        : ts.isVariableDeclaration(node)
          ? node.name
          : node
      for (const word of binding?.getText(source).match(/\w+/g) ?? []) names.add(word)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return names
}

/** Names declared once in the file, as a string. */
const constantsOf = (source: ts.SourceFile) => {
  const constants = new Map<string, ts.StringLiteralLike>()
  const declared = new Set<string>()
  const visit = (node: ts.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node)) && ts.isIdentifier(node.name)) {
      const name = node.name.text
      if (declared.has(name)) constants.delete(name)
      else if (node.initializer && ts.isStringLiteralLike(node.initializer))
        constants.set(name, node.initializer)
      declared.add(name)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return constants
}

const optionOf = (call: ts.CallExpression) => {
  const options = call.arguments.find(ts.isObjectLiteralExpression)
  const property = options?.properties.find(
    (one): one is ts.PropertyAssignment =>
      ts.isPropertyAssignment(one) && OPTION_NAMES.has(one.name.getText()),
  )
  return property?.initializer
}

const takesSecret = (call: ts.CallExpression, callee: string) =>
  TAKES_OPTIONS.test(callee) ||
  (callee.endsWith('.register') && /jwt|session|cookie/i.test(call.arguments[0]?.getText() ?? ''))

/** The signing secrets that stand as literals in a JavaScript or TypeScript file. */
export const findSigningSecrets = (source: ts.SourceFile): SigningSecret[] => {
  const signers = signersOf(source)
  const constants = constantsOf(source)
  const found: SigningSecret[] = []
  const add = (node: ts.Expression | undefined, by: string) => {
    const literal = literalOf(node, constants)
    if (literal && literal.text !== '')
      found.push({ index: literal.getStart(source) + 1, value: literal.text, by })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText(source)
      const [object, method] = callee.split('.')
      if (signers.has(object ?? '') && /^(?:sign|verify|encode|decode)$/.test(method ?? object ?? '')) {
        add(node.arguments[1], `${callee}()`)
      } else if (takesSecret(node, callee)) add(optionOf(node), `${callee}()`)
      else if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
        const option = optionOf(node)
        if (option?.parent.getText(source).startsWith('secretOrKey')) add(option, 'the token strategy')
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

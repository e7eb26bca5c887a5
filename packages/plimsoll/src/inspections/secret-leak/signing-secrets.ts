import ts from 'typescript'
import { type Leak, SIGNING_SECRET } from './leak.ts'
import { placeOf } from './places.ts'
import { redactSecret } from './redact-secret.ts'
import { resolveLiteral, type Scripts } from './resolve-literal.ts'

/** Calls whose options hold the secret that signs. */
const OPTION_NAMES = new Set(['secret', 'secretOrKey', 'jwtSecret'])
const TAKES_OPTIONS = /^(?:session|expressSession|expressjwt|JwtModule\.register|jwt|koaJwt|super)$/
const SIGNS_WITH_OPTIONS = /jwt\w*\.(?:sign|verify)(?:Async)?$/i
const REGISTERED = /jwt|session|cookie/i
const JWT_PACKAGES = new Set(['jsonwebtoken', 'jwt-simple'])

/** Names that this file takes from a package that signs tokens. */
const signersOf = (source: ts.SourceFile) => {
  const names = new Set<string>()
  const take = (from: ts.Expression | undefined, binding: ts.Node | undefined) => {
    if (!from || !ts.isStringLiteralLike(from) || !JWT_PACKAGES.has(from.text)) return
    for (const word of binding?.getText(source).match(/\w+/g) ?? []) names.add(word)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) take(node.moduleSpecifier, node.importClause)
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isCallExpression(node.initializer)) {
      take(node.initializer.arguments[0], node.name)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return names
}

const optionOf = (call: ts.CallExpression, names: ReadonlySet<string>) =>
  call.arguments
    .find(ts.isObjectLiteralExpression)
    ?.properties.find(
      (one): one is ts.PropertyAssignment => ts.isPropertyAssignment(one) && names.has(one.name.getText()),
    )?.initializer

/** The expression that a call signs or verifies with, where its form says so. */
const secretOf = (call: ts.CallExpression, source: ts.SourceFile, signers: ReadonlySet<string>) => {
  const callee = call.expression.getText(source)
  const [object = '', method] = callee.split('.')
  if (signers.has(object) && /^(?:sign|verify|encode|decode)$/.test(method ?? object))
    return call.arguments[1]
  const takesOptions =
    TAKES_OPTIONS.test(callee) ||
    SIGNS_WITH_OPTIONS.test(callee) ||
    (callee.endsWith('.register') && REGISTERED.test(call.arguments[0]?.getText(source) ?? ''))
  if (!takesOptions) return undefined
  return optionOf(call, callee === 'super' ? new Set(['secretOrKey']) : OPTION_NAMES)
}

const lineOf = (source: ts.SourceFile, node: ts.Node) =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1

/** The literals that a JavaScript or TypeScript file signs tokens or sessions with, wherever they stand. */
export const findSigningSecrets = (file: string, scripts: Scripts): Leak[] => {
  const source = placeOf(file) === 'source' ? scripts(file) : null
  if (source === null) return []
  const signers = signersOf(source)
  const found: Leak[] = []
  const visit = (node: ts.Node): void => {
    const secret = ts.isCallExpression(node) ? secretOf(node, source, signers) : undefined
    const literal = secret && resolveLiteral(secret, { file, source }, scripts)
    if (literal && literal.node.text !== '' && placeOf(literal.file) === 'source') {
      const redacted = redactSecret(literal.node.text)
      found.push({
        kind: 'signing-secret',
        name: SIGNING_SECRET,
        place: { file: literal.file, line: lineOf(literal.source, literal.node) },
        redacted,
        excerpt:
          literal.node.parent
            .getText(literal.source)
            .split('\n')[0]
            ?.replaceAll(literal.node.text, redacted)
            .slice(0, 160) ?? '',
        usedAt: { file, line: lineOf(source, node) },
        severity: 'high',
        certain: true,
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

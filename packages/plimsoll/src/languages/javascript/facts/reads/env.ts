import ts from 'typescript'
import type { EnvRead } from '../../../../model/system.ts'
import { defaultAround } from './env-default.ts'
import { bare, literalText, nameOfProperty, placeOf, type Script } from './syntax.ts'

const isProcessEnv = (expression: ts.Expression, aliases: ReadonlySet<string>): boolean => {
  const node = bare(expression)
  if (ts.isIdentifier(node)) return aliases.has(node.text)
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'env')
    return ts.isIdentifier(node.expression) && /^(process|Bun)$/.test(node.expression.text)
  return (
    ts.isElementAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'process' &&
    literalText(node.argumentExpression) === 'env'
  )
}

const MAY_ALIAS = /=\s*(process|Bun)\.env\s*[^.[\w\s]|=\s*(process|Bun)\.env\s*$|['"](node:)?process['"]/m

/** Names that stand for `process.env` in this file: imports of `env`, `const env = process.env`, defaults. */
const envAliases = (source: ts.SourceFile): ReadonlySet<string> => {
  const aliases = new Set<string>()
  if (!MAY_ALIAS.test(source.text)) return aliases
  const visit = (node: ts.Node): void => {
    if (
      (ts.isVariableDeclaration(node) || ts.isParameter(node)) &&
      ts.isIdentifier(node.name) &&
      node.initializer !== undefined &&
      isProcessEnv(node.initializer, aliases)
    )
      aliases.add(node.name.text)
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const named = node.importClause?.namedBindings
      if (/^(node:)?process$/.test(node.moduleSpecifier.text) && named && ts.isNamedImports(named))
        for (const one of named.elements)
          if ((one.propertyName ?? one.name).text === 'env') aliases.add(one.name.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return aliases
}

export type EnvReader = {
  isEnv(expression: ts.Expression): boolean
  /** the reads that this very node makes */
  read(node: ts.Node): EnvRead[]
  /** parameters of the functions around that are used as names: `process.env[name]` */
  dynamic(node: ts.Node): ts.Identifier | null
}

export const createEnvReader = (script: Script): EnvReader => {
  const aliases = envAliases(script.source)
  const mentions = /\benv\b/.test(script.source.text)
  const isEnv = (expression: ts.Expression) => isProcessEnv(expression, aliases)
  const make = (name: string, fallback: string | null, node: ts.Node): EnvRead => ({
    name,
    default: fallback,
    example: null,
    place: placeOf(script, node),
  })

  const destructured = (pattern: ts.BindingName): EnvRead[] =>
    ts.isObjectBindingPattern(pattern)
      ? pattern.elements.flatMap((element) => {
          const name = nameOfProperty(element.propertyName ?? element.name)
          if (name === null || element.dotDotDotToken !== undefined) return []
          return [make(name, literalText(element.initializer), element)]
        })
      : []

  const isWritten = (node: ts.Node) =>
    ts.isDeleteExpression(node.parent) ||
    (ts.isBinaryExpression(node.parent) &&
      node.parent.left === node &&
      node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)

  return {
    isEnv,
    read: (node) => {
      if (!mentions) return []
      if (ts.isVariableDeclaration(node) || ts.isParameter(node))
        return node.initializer !== undefined && isEnv(node.initializer) ? destructured(node.name) : []
      if (ts.isPropertyAccessExpression(node) && isEnv(node.expression))
        return isWritten(node) ? [] : [make(node.name.text, defaultAround(node), node)]
      if (!ts.isElementAccessExpression(node) || !isEnv(node.expression)) return []
      const name = literalText(node.argumentExpression)
      return name === null || isWritten(node) ? [] : [make(name, defaultAround(node), node)]
    },
    dynamic: (node) =>
      mentions &&
      ts.isElementAccessExpression(node) &&
      isEnv(node.expression) &&
      ts.isIdentifier(node.argumentExpression)
        ? node.argumentExpression
        : null,
  }
}

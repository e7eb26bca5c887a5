import ts from 'typescript'
import type { Route } from '../../../model/system.ts'
import type { Value } from '../code/code.ts'

type Part = 'body' | 'query' | 'params'
export type Source = Part | 'request' | 'context'
type Reads = NonNullable<Route['reads']>

/** How the first parameter of a handler is used: an Express or Fastify request, or a Koa context. */
export type Style = 'request' | 'context'

const MEMBERS: Readonly<Record<'request' | 'context', Readonly<Record<string, Source>>>> = {
  request: { body: 'body', query: 'query', params: 'params' },
  context: { request: 'request', req: 'request', query: 'query', params: 'params' },
}

const memberOf = (source: Source, key: string): Source | null => {
  if (source !== 'request' && source !== 'context') return null
  return Object.hasOwn(MEMBERS[source], key) ? (MEMBERS[source][key] ?? null) : null
}

const DEFAULTING = new Set([ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken])

/** Names that a handler reads from the body, the query and the path, where its code says them. */
export const readsOf = (inner: Value, style: Style): Reads | undefined => {
  if (inner.kind !== 'closure') return undefined
  const { node } = inner
  const [first] = node.parameters
  if (first === undefined || node.body === undefined) return undefined
  return readsIn(node.body, [[first.name, style]])
}

/** The same for a body in which certain names stand for the request, or for parts of it. */
export const readsIn = (body: ts.Node, starts: readonly (readonly [ts.BindingName, Source])[]): Reads => {
  const sources = new Map<string, Source>()
  const names: Record<Part, Set<string>> = { body: new Set(), query: new Set(), params: new Set() }

  const take = (source: Source | null, key: string) => {
    if (source === 'body' || source === 'query' || source === 'params') names[source].add(key)
  }
  const sourceOf = (expression: ts.Expression): Source | null => {
    if (ts.isIdentifier(expression)) return sources.get(expression.text) ?? null
    if (ts.isPropertyAccessExpression(expression)) {
      const owner = sourceOf(expression.expression)
      return owner === null ? null : memberOf(owner, expression.name.text)
    }
    const passing =
      ts.isParenthesizedExpression(expression) ||
      ts.isAsExpression(expression) ||
      ts.isNonNullExpression(expression) ||
      ts.isAwaitExpression(expression)
    if (passing) return sourceOf(expression.expression)
    const defaulted = ts.isBinaryExpression(expression) && DEFAULTING.has(expression.operatorToken.kind)
    return defaulted ? sourceOf(expression.left) : null
  }
  const bind = (name: ts.BindingName, source: Source) => {
    if (ts.isIdentifier(name)) {
      sources.set(name.text, source)
      return
    }
    if (!ts.isObjectBindingPattern(name)) return
    for (const element of name.elements) {
      if (element.dotDotDotToken !== undefined) continue
      const key = (element.propertyName ?? element.name).getText().replace(/^['"]|['"]$/g, '')
      take(source, key)
      const next = memberOf(source, key)
      if (next !== null) bind(element.name, next)
    }
  }
  const visit = (at: ts.Node): void => {
    if (ts.isVariableDeclaration(at) && at.initializer !== undefined) {
      const source = sourceOf(at.initializer)
      if (source !== null) bind(at.name, source)
    }
    if (ts.isPropertyAccessExpression(at)) take(sourceOf(at.expression), at.name.text)
    if (ts.isElementAccessExpression(at) && ts.isStringLiteralLike(at.argumentExpression))
      take(sourceOf(at.expression), at.argumentExpression.text)
    ts.forEachChild(at, visit)
  }
  for (const [name, source] of starts) bind(name, source)
  visit(body)
  return { body: [...names.body], query: [...names.query], params: [...names.params] }
}

import ts from 'typescript'
import type { Route } from '../../../model/system.ts'
import type { Value } from '../code/code.ts'

type Part = 'body' | 'query' | 'params'
/** `body.user` is what stands at `user` in the body; `body.items.0` is an item of the list there. */
export type Source = Part | 'request' | 'context' | `body.${string}`
type Reads = NonNullable<Route['reads']>

/** How the first parameter of a handler is used: an Express or Fastify request, or a Koa context. */
export type Style = 'request' | 'context'

const MEMBERS: Readonly<Record<'request' | 'context', Readonly<Record<string, Source>>>> = {
  request: { body: 'body', query: 'query', params: 'params' },
  context: { request: 'request', req: 'request', query: 'query', params: 'params' },
}

const DEEPEST = 4

const memberOf = (source: Source, key: string): Source | null => {
  if (source.startsWith('body'))
    return source.split('.').length > DEEPEST ? null : `body.${pathIn(source, key)}`
  if (source !== 'request' && source !== 'context') return null
  return Object.hasOwn(MEMBERS[source], key) ? (MEMBERS[source][key] ?? null) : null
}

/** `user.email` for the key `email` of `body.user`. */
const pathIn = (source: Source, key: string) => [...source.split('.').slice(1), key].join('.')

/** Methods of a list that hand each item to a function. */
const EACH = new Set(['map', 'forEach', 'filter', 'every', 'some', 'find', 'flatMap'])

const isCalled = (at: ts.PropertyAccessExpression) =>
  ts.isCallExpression(at.parent) && at.parent.expression === at

/** A name whose own fields are read as well is no field, but what holds them. */
const leavesOf = (names: ReadonlySet<string>) =>
  [...names].filter((name) => ![...names].some((other) => other.startsWith(`${name}.`)))

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
    if (source === 'query' || source === 'params') names[source].add(key)
    else if (source?.startsWith('body')) names.body.add(pathIn(source, key))
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
  const bindItem = (name: ts.BindingName, list: Source | null) => {
    if (list?.startsWith('body.')) bind(name, `body.${pathIn(list, '0')}`)
  }
  const bindCallback = ({ expression, arguments: [callback] }: ts.CallExpression) => {
    if (!ts.isPropertyAccessExpression(expression) || !EACH.has(expression.name.text)) return
    if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return
    const [item] = callback.parameters
    if (item !== undefined) bindItem(item.name, sourceOf(expression.expression))
  }
  const visit = (at: ts.Node): void => {
    if (ts.isVariableDeclaration(at) && at.initializer !== undefined) {
      const source = sourceOf(at.initializer)
      if (source !== null) bind(at.name, source)
    }
    if (ts.isPropertyAccessExpression(at)) {
      const source = sourceOf(at.expression)
      // A field's own method or length says nothing of what is in it.
      const ofValue = source?.startsWith('body.') === true && (isCalled(at) || at.name.text === 'length')
      if (!ofValue) take(source, at.name.text)
    }
    if (ts.isForOfStatement(at) && ts.isVariableDeclarationList(at.initializer))
      for (const { name } of at.initializer.declarations) bindItem(name, sourceOf(at.expression))
    if (ts.isCallExpression(at)) bindCallback(at)
    if (ts.isElementAccessExpression(at) && ts.isStringLiteralLike(at.argumentExpression))
      take(sourceOf(at.expression), at.argumentExpression.text)
    ts.forEachChild(at, visit)
  }
  for (const [name, source] of starts) bind(name, source)
  visit(body)
  return { body: leavesOf(names.body), query: [...names.query], params: [...names.params] }
}

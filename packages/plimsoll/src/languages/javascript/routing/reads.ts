import ts from 'typescript'
import type { Route } from '../../../model/system.ts'
import type { Value } from '../code/code.ts'
import { createSources, pathIn, type Source } from './sources.ts'

export type { Source } from './sources.ts'

type Reads = NonNullable<Route['reads']>

/** How the first parameter of a handler is used: an Express or Fastify request, or a Koa context. */
export type Style = 'request' | 'context'

/** Methods of a list that hand each item to a function. */
const EACH = new Set(['map', 'forEach', 'filter', 'every', 'some', 'find', 'flatMap'])

const isCalled = (at: ts.PropertyAccessExpression) =>
  ts.isCallExpression(at.parent) && at.parent.expression === at

/** A name whose own fields are read as well is no field, but what holds them. */
const leavesOf = (names: ReadonlySet<string>) =>
  [...names].filter((name) => ![...names].some((other) => other.startsWith(`${name}.`)))

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
  const names = { body: new Set<string>(), query: new Set<string>(), params: new Set<string>() }

  const take = (source: Source | null, key: string) => {
    if (source === 'query' || source === 'params') names[source].add(key)
    else if (source?.startsWith('body')) names.body.add(pathIn(source, key))
  }
  const sources = createSources({ taken: take })
  const bindItem = (name: ts.BindingName, list: Source | null) => {
    if (list?.startsWith('body.')) sources.bind(name, `body.${pathIn(list, '0')}`)
  }
  const bindCallback = ({ expression, arguments: [callback] }: ts.CallExpression) => {
    if (!ts.isPropertyAccessExpression(expression) || !EACH.has(expression.name.text)) return
    if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return
    const [item] = callback.parameters
    if (item !== undefined) bindItem(item.name, sources.of(expression.expression))
  }
  const visit = (at: ts.Node): void => {
    if (ts.isVariableDeclaration(at) && at.initializer !== undefined) {
      const source = sources.of(at.initializer)
      if (source !== null) sources.bind(at.name, source)
    }
    if (ts.isPropertyAccessExpression(at)) {
      const source = sources.of(at.expression)
      // A field's own method or length says nothing of what is in it.
      const ofValue = source?.startsWith('body.') === true && (isCalled(at) || at.name.text === 'length')
      if (!ofValue) take(source, at.name.text)
    }
    if (ts.isForOfStatement(at) && ts.isVariableDeclarationList(at.initializer))
      for (const { name } of at.initializer.declarations) bindItem(name, sources.of(at.expression))
    if (ts.isCallExpression(at)) bindCallback(at)
    if (ts.isElementAccessExpression(at) && ts.isStringLiteralLike(at.argumentExpression))
      take(sources.of(at.expression), at.argumentExpression.text)
    ts.forEachChild(at, visit)
  }
  for (const [name, source] of starts) sources.bind(name, source)
  visit(body)
  return { body: leavesOf(names.body), query: [...names.query], params: [...names.params] }
}

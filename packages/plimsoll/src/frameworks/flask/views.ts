import type { Code } from '../../languages/python/code/code.ts'
import type { Scope } from '../../languages/python/code/scope.ts'
import { argumentsOf, type Node } from '../../languages/python/code/syntax.ts'
import type { Value } from '../../languages/python/code/values.ts'

/** What answers: a function, or a class whose methods are named after HTTP's. `wrappers` are put around it. */
export type View = { scope: Scope; wrappers: readonly { node: Node; scope: Scope }[] }

const VERBS = ['get', 'head', 'post', 'put', 'delete', 'patch', 'options', 'trace', 'query']
const _VIEW_CLASSES = new Set(['flask.views.View', 'flask.views.MethodView'])

/** A function, a class, `View.as_view(…)`, or one of them inside decorator calls; null when it is none. */
export const readView = (code: Code, value: Value): View | null => {
  if (value.kind === 'function' || value.kind === 'class') return { scope: value.scope, wrappers: [] }
  if (value.kind !== 'object') return null
  if (value.type.kind === 'member' && value.type.name === 'as_view') return readView(code, value.type.of)
  if (value.type.kind === 'class' || value.node.type !== 'call') return null
  const inside = argumentsOf(value.node)[0]
  const inner = inside === undefined ? null : readView(code, code.evaluate.one(inside.value, value.scope))
  return inner === null
    ? null
    : { ...inner, wrappers: [{ node: value.node, scope: value.scope }, ...inner.wrappers] }
}

/** Names in a list of texts, in upper case; null when one cannot be read. */
export const readMethods = (value: Value | null): string[] | null => {
  if (value?.kind === 'text') return [value.text.toUpperCase()]
  if (value?.kind !== 'list') return null
  const names = value.items.map((item) => (item.kind === 'text' ? item.text.toUpperCase() : null))
  return names.some((name) => name === null) ? null : names.filter((name) => name !== null)
}

const classesOf = (code: Code, scope: Scope): Scope[] =>
  code.evaluate
    .ancestors({ kind: 'class', scope })
    .flatMap((ancestor) => (ancestor.kind === 'class' ? [ancestor.scope] : []))

/** Methods a class answers: its `methods` attribute, or its functions that are named after HTTP methods. */
export const classMethods = (code: Code, scope: Scope): string[] => {
  const declared = code.evaluate.attribute({ kind: 'class', scope }, 'methods')
  for (const value of declared) {
    const names = readMethods(value)
    if (names !== null) return names
  }
  const functions = new Set(classesOf(code, scope).flatMap((each) => each.inner.map((inner) => inner.name)))
  const answered = VERBS.filter((verb) => functions.has(verb))
  if (answered.length > 0) return answered.map((verb) => verb.toUpperCase())
  return functions.has('dispatch_request') ? ['GET'] : []
}

/** The function that answers a method. */
export const handlerOf = (code: Code, view: Scope, method: string): Scope | null => {
  if (view.kind === 'function') return view
  const functions = classesOf(code, view).flatMap((each) => each.inner)
  const verb = method.toLowerCase()
  return (
    functions.find((each) => each.name === verb) ??
    functions.find((each) => each.name === 'dispatch_request') ??
    (method === 'HEAD' ? (functions.find((each) => each.name === 'get') ?? null) : null)
  )
}

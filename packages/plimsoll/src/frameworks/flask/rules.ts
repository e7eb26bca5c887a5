import type { Code } from '../../languages/python/code/code.ts'
import type { Call, Scope } from '../../languages/python/code/scope.ts'
import {
  argument,
  argumentsOf,
  calledName,
  field,
  lineOf,
  type Node,
} from '../../languages/python/code/syntax.ts'
import type { Value } from '../../languages/python/code/values.ts'
import type { SourcePlace } from '../../model/evidence.ts'
import type { Unresolved } from '../../model/system.ts'
import type { Holder, Holders } from './holders.ts'
import { readMethods, readView, type View } from './views.ts'

/** One registration, before prefixes and methods are applied. */
export type Rule = {
  holder: Holder
  path: string
  /** null: what the view answers */
  methods: string[] | null
  view: View | null
  place: SourcePlace
  /** decorators that run: those below the registration, or all when it is registered by a call */
  decorators: readonly Node[]
}

export type Rules = { rules: Rule[]; unresolved: Unresolved[] }

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'query'])

const brief = (node: Node) => node.text.split('\n')[0]?.slice(0, 100) ?? ''
const placeOf = (scope: Scope, node: Node): SourcePlace => ({ file: scope.file, line: lineOf(node) })

export const readRules = (code: Code, holders: Holders): Rules => {
  const rules: Rule[] = []
  const unresolved: Unresolved[] = []
  const give = (what: Node, scope: Scope, why: string) =>
    unresolved.push({ what: brief(what), why, place: placeOf(scope, what) })

  /** Every path in these arguments; what cannot be read is told. */
  const paths = (nodes: readonly Node[], call: Node, scope: Scope): string[] =>
    nodes.flatMap((node) => {
      const value = code.evaluate.one(node, scope)
      if (value.kind === 'text') return [value.text]
      give(call, scope, value.kind === 'unknown' ? value.why : 'its path is not a text')
      return []
    })

  const methodsOf = (call: Node, scope: Scope): string[] | null | undefined => {
    const written = argument(call, 'methods')
    if (written === null) return null
    const names = readMethods(code.evaluate.one(written, scope))
    if (names === null) give(call, scope, 'its methods are only known when it runs')
    return names ?? undefined
  }

  const decorated = (definition: Scope) => {
    const outer = definition.parent
    if (outer === null) return
    for (const [index, decorator] of definition.decorators.entries()) {
      if (decorator.type !== 'call') continue
      const callee = field(decorator, 'function')
      const name = calledName(decorator)
      if (callee?.type !== 'attribute' || !(VERBS.has(name) || name === 'route' || name === 'resource'))
        continue
      const registered = holders.of(field(callee, 'object'), outer)
      const rest = definition.decorators.slice(index + 1).filter((below) => !registers(below, outer))
      if (registered.length === 0) unheld(decorator, field(callee, 'object'), outer)
      for (const holder of registered) register(holder, name, decorator, definition, outer, rest)
    }
  }

  /** Another registration below gives the function back as it is. */
  const registers = (decorator: Node, scope: Scope) => {
    const callee = decorator.type === 'call' ? field(decorator, 'function') : null
    return callee?.type === 'attribute' && holders.of(field(callee, 'object'), scope).length > 0
      ? VERBS.has(calledName(decorator)) || calledName(decorator) === 'route'
      : false
  }

  const register = (
    holder: Holder,
    name: string,
    call: Node,
    definition: Scope,
    outer: Scope,
    decorators: readonly Node[],
  ) => {
    const methods = VERBS.has(name) ? [name.toUpperCase()] : methodsOf(call, outer)
    if (methods === undefined) return
    const given = argumentsOf(call)
    const several = definition.kind === 'class'
    const positional = given.filter((each) => each.name === null).map((each) => each.value)
    const byName = given.filter((each) => each.name === 'rule').map((each) => each.value)
    const nodes = [...(several ? positional : positional.slice(0, 1)), ...byName]
    for (const path of paths(nodes, call, outer))
      rules.push({
        holder,
        path,
        methods,
        view: { scope: definition, wrappers: [] },
        place: placeOf(outer, call),
        decorators,
      })
  }

  /** `@something.route('/x')` on a thing that may be an app is told; on a thing of another library it is not ours. */
  const unheld = (call: Node, object: Node | null, scope: Scope) => {
    if (object === null || code.evaluate.all(object, scope).some((value) => value.kind !== 'unknown')) return
    const path = argument(call, 'rule', 0)
    const value = path === null ? null : code.evaluate.one(path, scope)
    if (value?.kind === 'text' && value.text.startsWith('/'))
      give(call, scope, `what ${object.text} is can only be known when it runs`)
  }

  const added = (call: Call) => {
    const { node, scope } = call
    const on = receiversOf(holders, call)
    if (on.length === 0) return
    const second = argument(node, 'endpoint', 1)
    const viewNode = argument(node, 'view_func', 2) ?? (second === null ? null : second)
    const view = viewNode === null ? null : readAny(code, code.evaluate.all(viewNode, scope))
    const rule = argument(node, 'rule', 0)
    const methods = methodsOf(node, scope)
    if (rule === null || methods === undefined) return give(node, scope, 'its path or methods cannot be read')
    for (const holder of on)
      for (const path of paths([rule], node, scope))
        rules.push({
          holder,
          path,
          methods,
          view,
          place: placeOf(scope, node),
          decorators: view?.scope.decorators ?? [],
        })
  }

  const resource = (call: Call) => {
    const on = receiversOf(holders, call)
    const given = argumentsOf(call.node).filter((each) => each.name === null)
    const [first, ...urls] = given
    if (first === undefined || on.length === 0) return
    if (delegates(call)) return
    const view = readAny(code, code.evaluate.all(first.value, call.scope))
    if (view === null)
      return void give(call.node, call.scope, `the resource ${brief(first.value)} was not found`)
    const nodes = urls.filter((url) => url.spread === '').map((url) => url.value)
    const spread = urls
      .filter((url) => url.spread !== '')
      .map((url) => code.evaluate.all(url.value, call.scope))
    const known = spread.flatMap(([only, ...more]): (Value | null)[] =>
      only?.kind === 'list' && more.length === 0 ? [...only.items] : [null],
    )
    const texts = known.flatMap((item) => (item?.kind === 'text' ? [item.text] : []))
    if (texts.length < known.length) give(call.node, call.scope, 'its paths are only known when it runs')
    for (const holder of on)
      for (const path of [...paths(nodes, call.node, call.scope), ...texts])
        rules.push({
          holder,
          path,
          methods: null,
          view,
          place: placeOf(call.scope, call.node),
          decorators: [],
        })
  }

  for (const source of code.sources) for (const scope of source.scopes) decorated(scope)
  for (const call of code.callsOf('add_url_rule')) added(call)
  const names = [
    'add_resource',
    ...code
      .callsOf('add_resource')
      .filter(delegates)
      .map((call) => call.scope.name),
  ]
  for (const name of new Set(names)) for (const call of code.callsOf(name)) resource(call)
  return { rules, unresolved }
}

/** `def add_scoped(self, resource, *urls): self.add_resource(resource, *urls)` in a subclass is another name for it. */
const delegates = (call: Call) =>
  call.scope.parent?.kind === 'class' && argumentsOf(call.node).some((each) => each.spread === '*')

const receiversOf = (holders: Holders, call: Call): Holder[] => {
  const callee = field(call.node, 'function')
  return callee === null ? [] : holders.of(field(callee, 'object'), call.scope)
}

const readAny = (code: Code, values: readonly Value[]): View | null => {
  for (const value of values) {
    const view = readView(code, value)
    if (view !== null) return view
  }
  return null
}

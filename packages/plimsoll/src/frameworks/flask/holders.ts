import type { Code } from '../../languages/python/code/code.ts'
import type { Call, Scope } from '../../languages/python/code/scope.ts'
import { argument, field, type Node } from '../../languages/python/code/syntax.ts'
import { identity, type ObjectValue, type Value } from '../../languages/python/code/values.ts'
import { type HolderKind, kindOf, unwrapped } from './kinds.ts'

/** An app, blueprint, API or namespace: the place of its constructor call is its key. */
export type Holder = { key: string; kind: HolderKind; value: ObjectValue; mounts: Mount[] }

/** `prefix` null: the holder's own one holds; a `Value` of kind unknown: it cannot be read. */
export type Mount = { on: Holder; prefix: Value | null; place: Call }

/** One way to reach a holder. */
export type Reached = { prefix: string; through: readonly Holder[] }

export type Holders = {
  all(): Holder[]
  /** every holder that an expression may be */
  of(node: Node | null, scope: Scope): Holder[]
  /** prefixes under which the holder answers; a text says why one is not known */
  reached(holder: Holder): { ways: Reached[]; problems: string[] }
}

export const createHolders = (code: Code): Holders => {
  const found = new Map<string, Holder>()

  const adopt = (value: Value): Holder | null => {
    const object = unwrapped(code, value)
    if (object === null) return null
    const kind = kindOf(code, object)
    if (kind === null) return null
    if (object.node.type !== 'call') return soleApp(kind)
    const key = identity(object)
    const before = found.get(key)
    if (before !== undefined) return before
    const holder: Holder = { key, kind, value: object, mounts: [] }
    found.set(key, holder)
    return holder
  }
  /** A parameter that is only annotated as the app is the app, when there is one. */
  const soleApp = (kind: HolderKind): Holder | null => {
    const same = [...found.values()].filter((holder) => holder.kind === kind)
    return same.length === 1 && kind === 'app' ? (same[0] ?? null) : null
  }
  const of = (node: Node | null, scope: Scope): Holder[] => {
    if (node === null) return []
    const holders = code.evaluate.all(node, scope).map(adopt)
    return [...new Set(holders.filter((holder) => holder !== null))]
  }
  const mount = (holder: Holder, on: Holder, prefix: Value | null, place: Call) => {
    if (holder !== on) holder.mounts.push({ on, prefix, place })
  }
  const optional = (node: Node | null, scope: Scope): Value | null => {
    const value = node === null ? null : code.evaluate.one(node, scope)
    return value === null || value.kind === 'none' ? null : value
  }

  const construct = () => {
    for (const source of code.sources)
      for (const call of source.calls) for (const holder of of(call.node, call.scope)) constructed(holder)
  }
  const done = new Set<Holder>()
  const constructed = (holder: Holder) => {
    if (done.has(holder)) return
    done.add(holder)
    const { node, scope, type } = holder.value
    if (holder.kind === 'restful' || holder.kind === 'restx')
      for (const on of of(argument(node, 'app', 0), scope)) mount(holder, on, null, { node, scope })
    if (holder.kind === 'namespace' && type.kind === 'member') {
      const api = adopt(type.of)
      if (api !== null) mount(holder, api, null, { node, scope })
    }
  }

  const registrations = () => {
    for (const call of code.callsOf('register_blueprint'))
      for (const { holder, prefix } of pairs(call, argument(call.node, 'blueprint', 0), 'url_prefix', null))
        for (const on of receivers(call)) mount(holder, on, prefix, call)
    for (const call of code.callsOf('add_namespace'))
      for (const { holder, prefix } of pairs(call, argument(call.node, 'ns', 0), 'path', 1))
        for (const on of receivers(call)) mount(holder, on, prefix, call)
    for (const call of code.callsOf('init_app'))
      for (const api of receivers(call))
        for (const on of of(argument(call.node, 'app', 0), call.scope)) mount(api, on, null, call)
  }
  const receivers = (call: Call) => {
    const callee = field(call.node, 'function')
    return callee === null ? [] : of(field(callee, 'object'), call.scope)
  }

  /** `for blueprint, prefix in [(a, '/a'), (b, '/b')]` gives pairs; anything else is read on its own. */
  const pairs = (call: Call, subject: Node | null, keyword: string, position: number | null) => {
    const option = argument(call.node, keyword, position)
    const rows = option === null ? null : loopRows(code, subject, option, call.scope)
    if (rows !== null)
      return rows.flatMap(([value, prefix]) => {
        const holder = adopt(value)
        return holder === null ? [] : [{ holder, prefix: prefix.kind === 'none' ? null : prefix }]
      })
    return of(subject, call.scope).map((holder) => ({ holder, prefix: optional(option, call.scope) }))
  }

  const own = (holder: Holder): Value | null => {
    const { node, scope } = holder.value
    switch (holder.kind) {
      case 'blueprint':
        return optional(argument(node, 'url_prefix'), scope)
      case 'restful':
      case 'restx':
        return optional(argument(node, 'prefix', 1), scope)
      case 'namespace':
        return (
          optional(argument(node, 'path', 2), scope) ?? slashed(optional(argument(node, 'name', 0), scope))
        )
      default:
        return null
    }
  }

  const reach = (holder: Holder, above: readonly Holder[], problems: Set<string>): Reached[] => {
    if (above.includes(holder)) return []
    if (holder.kind === 'app' || holder.kind === 'connexion') return [{ prefix: '', through: [holder] }]
    const named = holder.value.node.text.split('\n')[0]?.slice(0, 60) ?? ''
    if (holder.mounts.length === 0) {
      problems.add(`${named} is never registered on an app`)
      return []
    }
    return holder.mounts.flatMap((mounted) => {
      const written =
        holder.kind === 'restful' || holder.kind === 'restx' ? own(holder) : (mounted.prefix ?? own(holder))
      if (written !== null && written.kind !== 'text') {
        problems.add(`the prefix of ${named} is only known when it runs`)
        return []
      }
      return reach(mounted.on, [...above, holder], problems).map((way) => ({
        prefix: joined(holder.kind, way.prefix, written?.text ?? ''),
        through: [...way.through, holder],
      }))
    })
  }

  construct()
  registrations()
  return {
    all: () => [...found.values()],
    of,
    reached: (holder) => {
      const problems = new Set<string>()
      return { ways: reach(holder, [], problems), problems: [...problems] }
    },
  }
}

const slashed = (name: Value | null): Value | null =>
  name?.kind === 'text' ? { kind: 'text', text: `/${name.text}` } : name

/** Blueprints mind the slash between prefixes; the REST extensions only put texts together. */
const joined = (kind: HolderKind, above: string, own: string) => {
  if (kind === 'namespace') return above + own.replace(/\/$/, '')
  if (kind !== 'blueprint') return above + own
  if (above === '' || own === '') return above + own
  return `${above.replace(/\/$/, '')}/${own.replace(/^\//, '')}`
}

const loopRows = (code: Code, left: Node | null, right: Node, scope: Scope): [Value, Value][] | null => {
  const bindings = [left, right].map((node) =>
    node?.type === 'identifier'
      ? scope.bindings.get(node.text)?.findLast((one) => one.kind === 'item')
      : undefined,
  )
  const [first, second] = bindings
  if (first?.kind !== 'item' || second?.kind !== 'item' || !first.of.equals(second.of)) return null
  const list = code.evaluate.one(first.of, scope)
  if (list.kind !== 'list') return null
  return list.items.map((item) => [at(item, first.path), at(item, second.path)])
}

const at = (value: Value, path: readonly number[]): Value =>
  path.reduce<Value>(
    (inner, index) =>
      inner.kind === 'list' ? (inner.items[index] ?? { kind: 'none' }) : { kind: 'unknown', why: '' },
    value,
  )

import type { Code } from './code.ts'
import type { Evaluate } from './evaluate.ts'
import { pathAttribute } from './known-calls.ts'
import type { Binding, Scope } from './scope.ts'
import { argument, calledName, field, type Node, named } from './syntax.ts'
import { identity, text, type Value } from './values.ts'

type Read = Pick<Evaluate, 'all' | 'one'>

/** Follows names and attributes to what they were bound to, across files. */
export const createResolve = (code: Omit<Code, 'evaluate'>, { all, one }: Read) => {
  const name = (wanted: string, scope: Scope, at: number): Value[] => {
    if (wanted === '__file__') return [text(relativeTo(code.dir, scope.file))]
    for (let where: Scope | null = scope; where !== null; where = where.parent) {
      if (where.kind === 'class' && where !== scope) continue
      const bindings = where.bindings.get(wanted)
      if (bindings !== undefined)
        return inForce(bindings, where === scope ? at : null).flatMap((one) => bound(one, where))
      const starred = where.stars.flatMap((module) => fromModule(module, wanted, where))
      if (starred.length > 0) return starred
    }
    return [{ kind: 'external', name: wanted }]
  }

  const asked = new Set<string>()

  /** The name as another module sees it after it was imported; `from . import x` leads to the submodule. */
  const exported = (file: string, wanted: string): Value[] => {
    const source = code.source(file)
    const key = `${file} ${wanted}`
    const below = () => submodule(file.replace(/(?:\/?__init__)?\.py$/, ''), wanted)
    if (source === null || asked.has(key)) return below()
    asked.add(key)
    const bindings = source.root.bindings.get(wanted)
    const values =
      bindings === undefined
        ? source.root.stars.flatMap((module) => fromModule(module, wanted, source.root))
        : inForce(bindings, null).flatMap((one) => bound(one, source.root))
    asked.delete(key)
    return values.length > 0 ? values : below()
  }

  const submodule = (folder: string, wanted: string): Value[] => {
    const base = folder === '' ? wanted : `${folder}/${wanted}`
    for (const file of [`${base}.py`, `${base}/__init__.py`])
      if (code.source(file) !== null) return [{ kind: 'module', file, folder: base }]
    return []
  }

  const fromModule = (module: string, wanted: string | null, scope: Scope): Value[] => {
    const located = code.locate(module, scope.file)
    if (located === null)
      return module.startsWith('.')
        ? []
        : [{ kind: 'external', name: wanted === null ? module : `${module}.${wanted}` }]
    if ('folder' in located)
      return wanted === null
        ? [{ kind: 'module', file: null, folder: located.folder }]
        : submodule(located.folder, wanted)
    if (wanted !== null) return exported(located.file, wanted)
    return [{ kind: 'module', file: located.file, folder: located.file.replace(/(?:\/?__init__)?\.py$/, '') }]
  }

  const bound = (binding: Binding, scope: Scope): Value[] => {
    switch (binding.kind) {
      case 'value':
        return all(binding.node, scope).flatMap((value) => pick(value, binding.path))
      case 'item':
        return all(binding.of, scope).flatMap((value) =>
          value.kind === 'list' ? value.items.flatMap((item) => pick(item, binding.path)) : [],
        )
      case 'import':
        return fromModule(binding.module, binding.name, scope)
      case 'definition':
        return [
          binding.scope.kind === 'class'
            ? { kind: 'class', scope: binding.scope }
            : { kind: 'function', scope: binding.scope, self: null },
        ]
      case 'parameter':
        return parameter(binding, scope)
    }
  }

  const parameter = (binding: Extract<Binding, { kind: 'parameter' }>, scope: Scope): Value[] => {
    const owner = scope.parent?.kind === 'class' ? scope.parent : null
    const isStatic = scope.decorators.some((one) => one.text === 'staticmethod')
    if (owner !== null && binding.index === 0 && !isStatic) {
      const type: Value = { kind: 'class', scope: owner }
      return scope.decorators.some((one) => one.text === 'classmethod')
        ? [type]
        : [{ kind: 'object', type, node: owner.node, scope: owner.parent ?? owner }]
    }
    const position = owner !== null && !isStatic ? binding.index - 1 : binding.index
    const given = callsTo(scope, owner).flatMap((call) => {
      const found = argument(call.node, parameterName(binding.node), binding.keywordOnly ? null : position)
      return found === null ? [] : all(found, call.scope)
    })
    const otherwise = field(binding.node, 'value')
    const annotation = field(binding.node, 'type')
    const typed: Value[] =
      annotation === null
        ? []
        : all(annotation, scope.parent ?? scope).map((type) => ({
            kind: 'object',
            type,
            node: binding.node,
            scope,
          }))
    const values = [...given, ...(otherwise === null ? [] : all(otherwise, scope.parent ?? scope))]
    return values.length > 0 ? values : typed
  }

  const callsTo = (scope: Scope, owner: Scope | null) => {
    const called = scope.name === '__init__' && owner !== null ? owner : scope
    return code.callsOf(called.name).filter((call) => {
      const callee = field(call.node, 'function')
      if (callee === null) return false
      if (owner !== null && called === scope) return calledName(call.node) === scope.name
      return all(callee, call.scope).some(
        (value) => (value.kind === 'function' || value.kind === 'class') && value.scope === called,
      )
    })
  }

  const attribute = (of: Value, wanted: string): Value[] => {
    switch (of.kind) {
      case 'external':
        return [{ kind: 'external', name: `${of.name}.${wanted}` }]
      case 'module':
        return of.file === null ? submodule(of.folder, wanted) : exported(of.file, wanted)
      case 'class':
        return member(of, wanted, null) ?? [{ kind: 'member', of, name: wanted }]
      case 'object':
        return objectMember(of, wanted)
      case 'text':
        return [pathAttribute(of.text, wanted) ?? { kind: 'member', of, name: wanted }]
      case 'unknown':
      case 'none':
        return []
      default:
        return [{ kind: 'member', of, name: wanted }]
    }
  }

  const objectMember = (of: Extract<Value, { kind: 'object' }>, wanted: string): Value[] => {
    if (of.type.kind !== 'class') return [{ kind: 'member', of, name: wanted }]
    const declared = member(of.type, wanted, of)
    const assigned = ancestors(of.type).flatMap((type) =>
      type.kind === 'class' ? selfValues(type.scope, wanted) : [],
    )
    const found = [...assigned, ...(declared ?? [])]
    return found.length > 0 ? found : [{ kind: 'member', of, name: wanted }]
  }

  const selfValues = (type: Scope, wanted: string): Value[] => {
    const stores = code.source(type.file)?.stores ?? []
    return stores
      .filter(({ left, scope }) => scope.parent === type && left.text === `self.${wanted}`)
      .flatMap(({ right, scope }) => all(right, scope))
  }

  const member = (type: Value, wanted: string, self: Value | null): Value[] | null => {
    for (const ancestor of ancestors(type)) {
      if (ancestor.kind !== 'class') continue
      const bindings = ancestor.scope.bindings.get(wanted)
      if (bindings === undefined) continue
      return inForce(bindings, null)
        .flatMap((one) => bound(one, ancestor.scope))
        .map((value) => (value.kind === 'function' ? { ...value, self: self ?? type } : value))
    }
    return null
  }

  const ancestors = (of: Value): Value[] => {
    const found = new Map<string, Value>()
    const visit = (value: Value) => {
      if ((value.kind !== 'class' && value.kind !== 'external') || found.has(identity(value))) return
      found.set(identity(value), value)
      if (value.kind !== 'class') return
      for (const base of named(field(value.scope.node, 'superclasses')))
        if (base.type !== 'keyword_argument') visit(one(base, value.scope.parent ?? value.scope))
    }
    visit(of)
    return [...found.values()]
  }

  return { name, attribute, ancestors }
}

/** The last assignment before the place of use, and those before it while it may not have run. */
const inForce = (bindings: readonly Binding[], at: number | null): Binding[] => {
  const before = at === null ? bindings : bindings.filter((one) => one.at < at)
  const order = (before.length > 0 ? before : bindings).toReversed()
  const sure = order.findIndex((one) => one.sure)
  return sure === -1 ? order : order.slice(0, sure + 1)
}

const pick = (value: Value, path: readonly number[]): Value[] => {
  let at: Value | undefined = value
  for (const index of path) at = at?.kind === 'list' ? at.items[index] : undefined
  return at === undefined ? [] : [at]
}

const parameterName = (node: Node) =>
  node.type === 'identifier' ? node.text : ((field(node, 'name') ?? named(node)[0])?.text ?? '')

/** A path as the app sees it from its own folder. */
const relativeTo = (dir: string, file: string) =>
  dir !== '.' && file.startsWith(`${dir}/`) ? file.slice(dir.length + 1) : file

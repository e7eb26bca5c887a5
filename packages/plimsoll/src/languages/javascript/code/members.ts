import ts from 'typescript'
import { memberOfList } from './builtins/list.ts'
import { memberOfText } from './builtins/text.ts'
import { isStatic, makeClosure } from './calls.ts'
import type { Machine } from './machine.ts'
import { openScope } from './scope.ts'
import {
  baseOf,
  type Class,
  type Closure,
  choose,
  constant,
  type Dictionary,
  dictionary,
  list,
  native,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts'

/** A property of any value. What resolves a promise is the value itself, so `then` runs its function at once. */
export const getMember = (machine: Machine, target: Value, key: string): Value => {
  const found = ownMember(machine, target, key)
  const settled = found.kind === 'constant' && found.value === undefined
  const promising = target.kind !== 'unknown' && target.kind !== 'external'
  return settled && promising ? (promiseMember(machine, target, key) ?? found) : found
}

const ownMember = (machine: Machine, target: Value, key: string): Value => {
  switch (target.kind) {
    case 'constant':
      return typeof target.value === 'string' ? memberOfText(target.value, key) : UNDEFINED
    case 'list':
      return memberOfList(machine, target, key)
    case 'dictionary':
      return memberOfDictionary(machine, target, key)
    case 'closure':
      return memberOfClosure(machine, target, key)
    case 'class':
      return memberOfClass(machine, target, key)
    case 'host':
      return (
        target.fields.get(key) ?? target.get?.(key, target) ?? applying(machine, target, key) ?? UNDEFINED
      )
    case 'external':
      return promiseOf(machine, target, key) ?? { ...target, path: [...target.path, key] }
    case 'choice':
      return choose(target.options.map((option) => getMember(machine, option, key)))
    case 'unknown':
      return promiseOf(machine, target, key) ?? unknown(target.why, target.fromEnvironment)
    case 'pattern':
      return key === 'source' ? constant(target.source) : unknown('a regular expression')
  }
}

const promiseOf = (machine: Machine, target: Value, key: string): Value | null =>
  key === 'then' || key === 'catch' || key === 'finally' ? promiseMember(machine, target, key) : null

const promiseMember = (machine: Machine, target: Value, key: string): Value | null => {
  if (key === 'then')
    return native('then', ({ args: [onValue], node }) =>
      onValue === undefined ? target : machine.call(onValue, [target], { node }),
    )
  if (key === 'catch') return native('catch', () => target)
  if (key !== 'finally') return null
  return native('finally', ({ args: [last], node }) => {
    if (last !== undefined) machine.call(last, [], { node })
    return target
  })
}

/** `call`, `apply` and `bind`, which every function has. */
const applying = (machine: Machine, target: Value, key: string): Value | null => {
  if (key === 'call')
    return native('call', ({ args: [self, ...rest], node }) =>
      machine.call(target, rest, self === undefined ? { node } : { node, self }),
    )
  if (key === 'apply')
    return native('apply', ({ args: [self, rest], node }) =>
      machine.call(
        target,
        (rest === undefined ? null : machine.world.items(rest)) ?? [],
        self === undefined ? { node } : { node, self },
      ),
    )
  if (key !== 'bind') return null
  return native('bind', ({ args: [self, ...rest], node }) =>
    target.kind === 'closure'
      ? { ...target, self: target.self ?? self ?? null, bound: [...target.bound, ...rest] }
      : native('bound', (later) =>
          machine.call(target, [...rest, ...later.args], { node, ...(self && { self }) }),
        ),
  )
}

const memberOfClosure = (machine: Machine, target: Closure, key: string): Value => {
  const own = target.fields.get(key) ?? applying(machine, target, key)
  if (own !== null) return own
  if (key === 'prototype') {
    const prototype = dictionary()
    target.fields.set('prototype', prototype)
    return prototype
  }
  if (key !== 'name') return UNDEFINED
  const { name } = target.node
  return name !== undefined && ts.isIdentifier(name) ? constant(name.text) : unknown('the name of a function')
}

const memberOfClass = (machine: Machine, target: Class, key: string): Value => {
  const own = target.fields.get(key)
  if (own !== undefined) return own
  const method = findMethod(target, key, true)
  if (method !== null) return methodValue(machine, target, method, target)
  if (key === 'name' && target.node.name !== undefined) return constant(target.node.name.text)
  if (key === 'prototype') return dictionary([], { of: target, open: true })
  return target.parent === null ? UNDEFINED : getMember(machine, target.parent, key)
}

type Method = ts.MethodDeclaration | ts.GetAccessorDeclaration

const findMethod = (target: Class, key: string, statics: boolean): Method | null =>
  target.node.members.find(
    (member): member is Method =>
      (ts.isMethodDeclaration(member) || ts.isGetAccessorDeclaration(member)) &&
      member.body !== undefined &&
      isStatic(member) === statics &&
      !ts.isComputedPropertyName(member.name) &&
      member.name.text === key,
  ) ?? null

const methodValue = (machine: Machine, home: Class, method: Method, self: Value): Value => {
  const scope = openScope(home.scope, home.scope.file, { home })
  const closure = makeClosure(method, scope, self)
  return ts.isGetAccessorDeclaration(method) ? machine.call(closure, [], { node: method, self }) : closure
}

const memberOfDictionary = (machine: Machine, target: Dictionary, key: string): Value => {
  const own = target.fields.get(key)
  if (own !== undefined) return own
  for (let home: Value | null = target.of; home?.kind === 'class'; home = home.parent) {
    const method = findMethod(home, key, false)
    if (method !== null) return methodValue(machine, home, method, target)
    const patched = home.fields.get('prototype')
    if (patched?.kind === 'dictionary' && patched.fields.has(key)) return getMember(machine, patched, key)
  }
  if (key === 'hasOwnProperty')
    return native(key, ({ args: [name] }) =>
      target.open || name?.kind !== 'constant'
        ? unknown('a field')
        : constant(target.fields.has(String(name.value))),
    )
  const base = baseOf(target)
  if (base !== null) {
    const inherited = getMember(machine, base, key)
    return inherited.kind === 'closure' && inherited.self === null
      ? { ...inherited, self: target }
      : inherited
  }
  return target.open || target.of !== null ? maybeField(machine, target, key) : UNDEFINED
}

const maybeField = (machine: Machine, target: Dictionary, key: string): Value =>
  promiseOf(machine, target, key) ?? unknown(`the field "${key}"`)

export const setMember = (machine: Machine, target: Value, key: string, value: Value): void => {
  if (target.kind === 'choice') {
    for (const option of target.options) setMember(machine, option, key, value)
  } else if (target.kind === 'list') {
    const index = Number(key)
    if (Number.isInteger(index) && index >= 0 && index < 10_000) target.items[index] = value
  } else if (
    target.kind === 'dictionary' ||
    target.kind === 'closure' ||
    target.kind === 'class' ||
    target.kind === 'host'
  ) {
    const old = target.fields.get(key)
    const keep =
      machine.progress.maybe > 0 && old !== undefined && old.kind !== 'constant' && old.kind !== 'unknown'
    target.fields.set(key, keep ? choose([old, value]) : value)
  }
}

/** Items of an array, the characters aside; null when they are not known. */
export const itemsOf = (target: Value): readonly Value[] | null => {
  if (target.kind === 'list') return target.open && target.items.length === 0 ? null : target.items
  if (target.kind === 'dictionary') {
    const entries = target.fields.get('\u0000entries')
    return entries === undefined ? null : itemsOf(entries)
  }
  return target.kind === 'choice' ? joined(target.options.map(itemsOf)) : null
}

const joined = (all: readonly (readonly Value[] | null)[]): readonly Value[] | null => {
  const known = all.filter((items) => items !== null)
  return known.length === 0 ? null : list(known.flat()).items
}

import ts from 'typescript'
import { initialise } from './construct.ts'
import { type Machine, perhaps, type Site, spent } from './machine.ts'
import { nameOfProperty } from './patterns.ts'
import { declare, openScope, selfOf } from './scope.ts'
import { hoist } from './statements.ts'
import {
  type Class,
  type Closure,
  choose,
  type External,
  hostOf,
  list,
  type Scope,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts'

export const DEEPEST = 80
export const MOST_RECURSION = 3
const MOST_PER_CALLBACK = 40

export const makeClosure = (node: Closure['node'], scope: Scope, self: Value | null = null): Closure => ({
  kind: 'closure',
  node,
  scope,
  self,
  fields: new Map(),
  bound: [],
})

export const makeClass = (machine: Machine, node: ts.ClassLikeDeclaration, scope: Scope): Class => {
  const extended = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)
    ?.types[0]
  const parent = extended === undefined ? null : machine.evaluate(extended.expression, scope)
  const made: Class = { kind: 'class', node, scope, parent, fields: new Map() }
  const inside = openScope(scope, scope.file, { self: made, home: made })
  if (node.name !== undefined) declare(inside, node.name.text, made, node)
  for (const member of node.members) {
    if (ts.isClassStaticBlockDeclaration(member)) machine.execute(member.body.statements, inside)
    if (!isStatic(member) || !ts.isPropertyDeclaration(member)) continue
    const key = nameOfProperty(machine, member.name, scope)
    const value = member.initializer === undefined ? UNDEFINED : machine.evaluate(member.initializer, inside)
    if (key !== null) made.fields.set(key, value)
  }
  return made
}

export const isStatic = (member: ts.ClassElement) =>
  ts.canHaveModifiers(member) &&
  (ts.getModifiers(member) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword)

/** Parameters take their arguments, their defaults, or what the world's owner says of their type. */
export const bindParameters = (
  machine: Machine,
  closure: Closure,
  args: readonly Value[] | null,
  scope: Scope,
) => {
  if (!ts.isArrowFunction(closure.node)) declare(scope, 'arguments', list(args ?? [], args === null), null)
  closure.node.parameters.forEach((parameter, index) => {
    if (parameter.dotDotDotToken !== undefined) {
      machine.bind(parameter.name, list(args?.slice(index) ?? [], args === null), scope)
      return
    }
    const given = args === null ? null : (args[index] ?? UNDEFINED)
    const missing = given === null || (given.kind === 'constant' && given.value === undefined)
    const value = missing
      ? parameter.initializer !== undefined
        ? machine.evaluate(parameter.initializer, scope)
        : (given ?? stranger(machine, parameter))
      : given
    machine.bind(parameter.name, value, scope)
  })
}

const stranger = (machine: Machine, parameter: ts.ParameterDeclaration): Value =>
  machine.options.parameter?.(parameter, machine.world) ??
  unknown(`the parameter "${parameter.name.getText().slice(0, 40)}"`)

/** The values of a body: undefined when it ends without a return. */
export const runBody = (machine: Machine, closure: Closure, scope: Scope): Value => {
  const { body } = closure.node
  if (body === undefined) return UNDEFINED
  if (!ts.isBlock(body)) return machine.evaluate(body, scope)
  machine.progress.returns.push([])
  hoist(machine, body.statements, scope)
  machine.execute(body.statements, scope)
  const returned = machine.progress.returns.pop() ?? []
  const values = returned.length > 1 ? returned.filter((value) => !isNothing(value)) : returned
  return choose(values)
}

const isNothing = (value: Value) => value.kind === 'constant' && (value.value ?? null) === null

const isVague = (value: Value): boolean =>
  value.kind === 'unknown' ||
  value.kind === 'external' ||
  (value.kind === 'constant' && typeof value.value !== 'string') ||
  (value.kind === 'dictionary' && hostOf(value) === null && ![...value.fields.values()].some(isHostlike))

const isHostlike = (value: Value) =>
  value.kind === 'host' || value.kind === 'closure' || value.kind === 'choice'

/** What ran by itself need not run again on behalf of a function that nothing calls, with less known. */
const saysNothingNew = (
  machine: Machine,
  node: ts.Node,
  args: readonly Value[] | null,
  self: Value | undefined,
): boolean => {
  const before = machine.followed.get(node)
  if (before === undefined || machine.progress.epoch === 0 || before === machine.progress.epoch) return false
  return (args ?? []).every(isVague) && (self === undefined || isVague(self))
}

/** @param args null: nothing is known of them */
export const callClosure = (
  machine: Machine,
  closure: Closure,
  args: readonly Value[] | null,
  self: Value | undefined,
  site: ts.Node | null = null,
): Value => {
  const { stack, sites } = machine.progress
  const again = stack.filter((node) => node === closure.node).length
  if (spent(machine) || stack.length >= DEEPEST || again >= MOST_RECURSION) return unknown('a deep call')
  if (saysNothingNew(machine, closure.node, args, self)) return unknown('a call that was followed before')
  machine.followed.set(closure.node, machine.progress.epoch)
  const isArrow = ts.isArrowFunction(closure.node)
  const inner = closure.self ?? self
  const scope = openScope(closure.scope, closure.scope.file, {
    isFunction: true,
    ...(isArrow ? {} : { self: inner ?? null }),
  })
  stack.push(closure.node)
  sites.push(site)
  try {
    bindParameters(machine, closure, args === null ? null : [...closure.bound, ...args], scope)
    return runBody(machine, closure, scope)
  } finally {
    stack.pop()
    sites.pop()
  }
}

const escapes = new WeakMap<Machine, Map<ts.Node, number>>()

/** A request, an error or an event: such a function answers traffic, and registers nothing. */
const answersTraffic = (closure: Closure) => {
  const [first] = closure.node.parameters
  return first !== undefined && /^_*(?:req|request|ctx|err|error|e|event|evt)$/.test(first.name.getText())
}

/** Functions handed to code we do not see are followed as if it called them once. */
export const followEscaped = (machine: Machine, args: readonly Value[]) => {
  if (machine.progress.keeping > 0) return
  const counts = escapes.get(machine) ?? new Map<ts.Node, number>()
  escapes.set(machine, counts)
  for (const arg of args) {
    if (arg.kind !== 'closure' || answersTraffic(arg)) continue
    const count = counts.get(arg.node) ?? 0
    if (count >= MOST_PER_CALLBACK) continue
    counts.set(arg.node, count + 1)
    callClosure(machine, arg, null, undefined)
  }
}

export const call = (machine: Machine, target: Value, args: readonly Value[], site: Site): Value => {
  if (spent(machine)) return unknown('code that was not followed any more')
  switch (target.kind) {
    case 'closure':
      return callClosure(machine, target, args, site.self, site.node)
    case 'host':
      return target.call?.(machine.site(site.node, args, site.self)) ?? unknown(`${target.name}()`)
    case 'external':
      followEscaped(machine, args)
      return extended(machine, target, args, site.node)
    case 'choice':
      return perhaps(machine, () => choose(target.options.map((option) => call(machine, option, args, site))))
    case 'class':
      if (site.self?.kind === 'dictionary') initialise(machine, target, args, site.self, site.node)
      return UNDEFINED
    case 'dictionary': {
      const fallback = target.fields.get('default')
      return fallback === undefined ? unknown('a call of an object') : call(machine, fallback, args, site)
    }
    default:
      followEscaped(machine, args)
      return target.kind === 'unknown' ? target : unknown('a call of something that is no function')
  }
}

export const extended = (
  machine: Machine,
  target: External,
  args: readonly Value[],
  node: ts.Node,
): External => ({
  ...target,
  path: [...target.path, '()'],
  args,
  place: machine.world.place(node),
  callee: target,
})

/** Calls what nothing called, with arguments that are unknown. */
export const callUncalled = (machine: Machine, closure: Closure) => {
  if (machine.followed.has(closure.node) || answersTraffic(closure)) return
  machine.progress.epoch += 1
  callClosure(machine, closure, null, selfOf(closure.scope) ?? undefined)
}

import ts from 'typescript'
import {
  bindParameters,
  callClosure,
  DEEPEST,
  extended,
  followEscaped,
  isStatic,
  MOST_RECURSION,
  makeClosure,
  runBody,
} from './calls.ts'
import { type Machine, perhaps, spent } from './machine.ts'
import { nameOfProperty } from './patterns.ts'
import { openScope } from './scope.ts'
import {
  type Class,
  choose,
  type Dictionary,
  dictionary,
  hostOf,
  type Scope,
  setBase,
  unknown,
  type Value,
} from './value.ts'

export const construct = (machine: Machine, target: Value, args: readonly Value[], node: ts.Node): Value => {
  if (spent(machine)) return unknown('code that was not followed any more')
  switch (target.kind) {
    case 'class': {
      const instance = dictionary([], { of: target, node })
      initialise(machine, target, args, instance, node)
      return instance
    }
    case 'closure': {
      const instance = dictionary([], { node })
      const prototype = target.fields.get('prototype')
      if (prototype !== undefined) setBase(instance, prototype)
      const returned = callClosure(machine, { ...target, self: instance }, args, instance)
      return returned.kind === 'constant' || returned.kind === 'unknown' ? instance : returned
    }
    case 'host': {
      const site = machine.site(node, args)
      return target.construct?.(site) ?? target.call?.(site) ?? unknown(`new ${target.name}()`)
    }
    case 'external':
      followEscaped(machine, args)
      return extended(machine, target, args, node)
    case 'choice':
      return perhaps(machine, () =>
        choose(target.options.map((each) => construct(machine, each, args, node))),
      )
    case 'dictionary': {
      const fallback = target.fields.get('default')
      return fallback === undefined ? unknown('an instance') : construct(machine, fallback, args, node)
    }
    default:
      followEscaped(machine, args)
      return unknown('an instance of something unknown')
  }
}

/** Fields, then parameter properties, then the constructor's body; the parent first when there is no written. */
export const initialise = (
  machine: Machine,
  target: Class,
  args: readonly Value[],
  instance: Dictionary,
  node: ts.Node,
) => {
  const { stack, sites } = machine.progress
  const again = stack.filter((each) => each === target.node).length
  if (stack.length >= DEEPEST || again >= MOST_RECURSION) return
  machine.followed.set(target.node, machine.progress.epoch)
  stack.push(target.node)
  sites.push(node)
  const written = target.node.members.find(
    (member): member is ts.ConstructorDeclaration =>
      ts.isConstructorDeclaration(member) && member.body !== undefined,
  )
  const inside = openScope(target.scope, target.scope.file, {
    self: instance,
    home: target,
    isFunction: true,
  })
  if (written === undefined && target.parent !== null) inherit(machine, target.parent, args, instance, node)
  if (written !== undefined && target.parent !== null && hostOf(target.parent) !== null)
    inherit(machine, target.parent, args, instance, node)
  initialiseFields(machine, target, instance, inside)
  if (written !== undefined) {
    const closure = makeClosure(written, inside, instance)
    machine.followed.set(written, machine.progress.epoch)
    bindParameters(machine, closure, args, inside)
    for (const parameter of written.parameters) {
      if (ts.isIdentifier(parameter.name) && ts.isParameterPropertyDeclaration(parameter, written)) {
        const value = inside.bindings.get(parameter.name.text)?.value
        if (value !== undefined && value !== null) instance.fields.set(parameter.name.text, value)
      }
    }
    runBody(machine, closure, inside)
  }
  stack.pop()
  sites.pop()
}

const inherit = (
  machine: Machine,
  parent: Value,
  args: readonly Value[],
  instance: Dictionary,
  node: ts.Node,
) => {
  if (parent.kind === 'class') return initialise(machine, parent, args, instance, node)
  if (parent.kind === 'constant' || parent.kind === 'unknown') {
    instance.open = true
    return
  }
  setBase(instance, construct(machine, parent, args, node))
}

const initialiseFields = (machine: Machine, target: Class, instance: Dictionary, inside: Scope) => {
  for (const member of target.node.members) {
    if (!ts.isPropertyDeclaration(member) || isStatic(member) || member.initializer === undefined) continue
    const key = nameOfProperty(machine, member.name, inside)
    if (key !== null) instance.fields.set(key, machine.evaluate(member.initializer, inside))
  }
}

import type ts from 'typescript'
import { type Class, choose, type Scope, unknown, type Value } from './value.ts'

export const openScope = (
  parent: Scope | null,
  file: string,
  options: { self?: Value | null; home?: Class | null; isFunction?: boolean } = {},
): Scope => ({
  parent,
  file,
  bindings: new Map(),
  isFunction: options.isFunction ?? false,
  ...(options.self === undefined ? {} : { self: options.self }),
  ...(options.home === undefined ? {} : { home: options.home }),
})

export const declare = (scope: Scope, name: string, value: Value, node: ts.Node | null, depth = 0) =>
  scope.bindings.set(name, { value, lazy: null, node, depth })

export const declareLazy = (scope: Scope, name: string, lazy: () => Value, node: ts.Node | null) =>
  scope.bindings.set(name, { value: null, lazy, node, depth: 0 })

export const findBinding = (scope: Scope, name: string) => {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const binding = at.bindings.get(name)
    if (binding !== undefined) return binding
  }
  return null
}

/** null: the name is not declared in the target */
export const lookUp = (scope: Scope, name: string): Value | null => {
  const binding = findBinding(scope, name)
  if (binding === null) return null
  if (binding.value === null && binding.lazy !== null) {
    const { lazy } = binding
    binding.lazy = null
    binding.value = lazy()
  }
  return binding.value ?? unknown(`"${name}", used before it is set`)
}

/** @param maybe undecided branches around the assignment: the old value may stay */
export const assignName = (scope: Scope, name: string, value: Value, maybe: number) => {
  const binding = findBinding(scope, name)
  if (binding === null) return
  const old = binding.value
  const may = maybe > binding.depth && old !== null && old.kind !== 'unknown'
  const empty = old?.kind === 'constant' && (old.value === undefined || old.value === null)
  binding.lazy = null
  binding.value = may && !empty ? choose([old, value]) : value
}

export const functionScope = (scope: Scope): Scope => {
  let at = scope
  while (!at.isFunction && at.parent !== null) at = at.parent
  return at
}

export const selfOf = (scope: Scope): Value | null => {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    if (at.self !== undefined) return at.self
  }
  return null
}

export const homeOf = (scope: Scope): Class | null => {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    if (at.home !== undefined) return at.home
  }
  return null
}

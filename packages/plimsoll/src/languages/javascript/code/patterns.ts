import ts from 'typescript'
import type { Machine } from './machine.ts'
import { assignName, declare } from './scope.ts'
import { constant, dictionary, list, type Scope, type Value } from './value.ts'

const keyOf = (machine: Machine, name: ts.PropertyName, scope: Scope): string | null => {
  if (!ts.isComputedPropertyName(name)) return name.text
  const value = machine.evaluate(name.expression, scope)
  return value.kind === 'constant' ? String(value.value) : null
}

export const nameOfProperty = keyOf

const isMissing = (value: Value) => value.kind === 'constant' && value.value === undefined

const withDefault = (machine: Machine, value: Value, initializer: ts.Expression | undefined, scope: Scope) =>
  initializer !== undefined &&
  (isMissing(value) || (value.kind === 'unknown' && value.fromEnvironment === true))
    ? defaultOf(value, () => machine.evaluate(initializer, scope))
    : value

const defaultOf = (value: Value, fallback: () => Value): Value =>
  value.kind === 'unknown' && value.likely !== undefined ? constant(value.likely) : fallback()

const restOf = (value: Value, used: ReadonlySet<string>): Value =>
  value.kind === 'dictionary'
    ? dictionary(
        [...value.fields].filter(([key]) => !used.has(key)),
        { open: value.open },
      )
    : value

/** Declares the names of a pattern in `scope`. */
export const bindPattern = (machine: Machine, name: ts.BindingName, value: Value, scope: Scope): void => {
  if (ts.isIdentifier(name)) {
    declare(scope, name.text, value, name, machine.progress.maybe)
    return
  }
  const used = new Set<string>()
  name.elements.forEach((element, index) => {
    if (ts.isOmittedExpression(element)) return
    if (element.dotDotDotToken !== undefined) {
      const rest = value.kind === 'list' ? list(value.items.slice(index), value.open) : restOf(value, used)
      bindPattern(machine, element.name, rest, scope)
      return
    }
    const key = ts.isArrayBindingPattern(name) ? String(index) : propertyOf(machine, element, scope)
    used.add(key)
    const given = machine.get(value, key)
    bindPattern(machine, element.name, withDefault(machine, given, element.initializer, scope), scope)
  })
}

const propertyOf = (machine: Machine, element: ts.BindingElement, scope: Scope): string => {
  if (element.propertyName !== undefined) return keyOf(machine, element.propertyName, scope) ?? ''
  return ts.isIdentifier(element.name) ? element.name.text : ''
}

/** Assigns to a name, a property, or a destructuring target. */
export const assignTo = (machine: Machine, target: ts.Expression, value: Value, scope: Scope): void => {
  if (ts.isIdentifier(target)) {
    assignName(scope, target.text, value, machine.progress.maybe)
  } else if (ts.isPropertyAccessExpression(target)) {
    machine.set(machine.evaluate(target.expression, scope), target.name.text, value)
  } else if (ts.isElementAccessExpression(target)) {
    const key = machine.evaluate(target.argumentExpression, scope)
    const owner = machine.evaluate(target.expression, scope)
    if (key.kind === 'constant') machine.set(owner, String(key.value), value)
    else if (owner.kind === 'dictionary' || owner.kind === 'list') owner.open = true
  } else if (ts.isArrayLiteralExpression(target)) {
    target.elements.forEach((element, index) => {
      if (!ts.isOmittedExpression(element))
        assignTo(machine, element, machine.get(value, String(index)), scope)
    })
  } else if (ts.isObjectLiteralExpression(target)) {
    for (const property of target.properties) {
      if (ts.isShorthandPropertyAssignment(property))
        assignTo(machine, property.name, machine.get(value, property.name.text), scope)
      else if (ts.isPropertyAssignment(property))
        assignTo(
          machine,
          property.initializer,
          machine.get(value, keyOf(machine, property.name, scope) ?? ''),
          scope,
        )
    }
  } else if (
    ts.isParenthesizedExpression(target) ||
    ts.isAsExpression(target) ||
    ts.isNonNullExpression(target)
  ) {
    assignTo(machine, target.expression, value, scope)
  } else if (ts.isBinaryExpression(target)) {
    assignTo(machine, target.left, value, scope)
  }
}

import ts from 'typescript'
import { type Machine, perhaps, spent } from './machine.ts'
import { binary, step, unary } from './operations.ts'
import { operate, typeOf } from './operators.ts'
import { nameOfProperty } from './patterns.ts'
import { homeOf, lookUp, openScope, selfOf } from './scope.ts'
import {
  choose,
  constant,
  type Dictionary,
  dictionary,
  list,
  optionsOf,
  type Scope,
  textOf,
  truthOf,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts'

export const evaluate = (machine: Machine, node: ts.Expression, scope: Scope): Value => {
  if (spent(machine)) return unknown('code that was not followed any more')
  switch (node.kind) {
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
      return constant(ts.isStringLiteralLike(node) ? node.text : '')
    case ts.SyntaxKind.NumericLiteral:
      return constant(ts.isNumericLiteral(node) ? Number(node.text) : 0)
    case ts.SyntaxKind.TrueKeyword:
      return constant(true)
    case ts.SyntaxKind.FalseKeyword:
      return constant(false)
    case ts.SyntaxKind.NullKeyword:
      return constant(null)
    case ts.SyntaxKind.ThisKeyword:
      return selfOf(scope) ?? unknown('"this"')
    case ts.SyntaxKind.Identifier:
      return ts.isIdentifier(node) ? named(machine, node, scope) : UNDEFINED
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.FunctionExpression:
      return ts.isArrowFunction(node) || ts.isFunctionExpression(node)
        ? machine.makeClosure(node, functionNameScope(machine, node, scope))
        : UNDEFINED
    case ts.SyntaxKind.SuperKeyword:
      return homeOf(scope)?.parent ?? unknown('"super"')
    default:
      return composite(machine, node, scope)
  }
}

const functionNameScope = (
  machine: Machine,
  node: ts.ArrowFunction | ts.FunctionExpression,
  scope: Scope,
): Scope => {
  if (!ts.isFunctionExpression(node) || node.name === undefined) return scope
  const inside = openScope(scope, scope.file)
  const closure = machine.makeClosure(node, inside)
  inside.bindings.set(node.name.text, { value: closure, lazy: null, node, depth: machine.progress.maybe })
  return inside
}

const named = (machine: Machine, node: ts.Identifier, scope: Scope): Value => {
  if (node.text === 'undefined') return UNDEFINED
  return (
    lookUp(scope, node.text) ??
    machine.global(node.text, scope) ??
    unknown(`"${node.text}", which is not declared`)
  )
}

const composite = (machine: Machine, node: ts.Expression, scope: Scope): Value => {
  if (ts.isPropertyAccessExpression(node)) return property(machine, node, scope)
  if (ts.isCallExpression(node)) return call(machine, node, scope)
  if (ts.isObjectLiteralExpression(node)) return objectLiteral(machine, node, scope)
  if (ts.isArrayLiteralExpression(node)) return arrayLiteral(machine, node, scope)
  if (ts.isTemplateExpression(node)) return template(machine, node, scope)
  if (ts.isBinaryExpression(node)) return binary(machine, node, scope)
  if (ts.isElementAccessExpression(node)) return element(machine, node, scope)
  if (ts.isConditionalExpression(node)) return conditional(machine, node, scope)
  if (ts.isNewExpression(node)) {
    const target = machine.evaluate(node.expression, scope)
    return machine.construct(target, argumentsOf(machine, node.arguments ?? [], scope), node)
  }
  if (ts.isClassExpression(node)) return machine.makeClass(node, scope)
  return wrapped(machine, node, scope)
}

/** Forms that pass a value on, or say nothing of it. A promise counts as what it resolves to. */
const wrapped = (machine: Machine, node: ts.Expression, scope: Scope): Value => {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
  )
    return machine.evaluate(node.expression, scope)
  if (ts.isPrefixUnaryExpression(node)) return unary(machine, node, scope)
  if (ts.isPostfixUnaryExpression(node)) return step(machine, node.operand, node.operator, scope)
  if (ts.isTypeOfExpression(node)) return typeOf(machine.evaluate(node.expression, scope))
  if (ts.isVoidExpression(node) || ts.isDeleteExpression(node)) {
    machine.evaluate(node.expression, scope)
    return UNDEFINED
  }
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/')
    return { kind: 'pattern', source: node.text.slice(1, end), flags: node.text.slice(end + 1) }
  }
  if (ts.isTaggedTemplateExpression(node)) {
    const tag = machine.evaluate(node.tag, scope)
    return machine.call(tag, [machine.evaluate(node.template, scope)], { node })
  }
  if (ts.isYieldExpression(node) && node.expression !== undefined)
    return machine.evaluate(node.expression, scope)
  if (ts.isMetaProperty(node)) return machine.global('import.meta', scope) ?? unknown('import.meta')
  return unknown(`${node.getText().slice(0, 60)}`)
}

const property = (machine: Machine, node: ts.PropertyAccessExpression, scope: Scope): Value => {
  const value = superMember(machine, node, scope) ?? machine.evaluate(node.expression, scope)
  return node.expression.kind === ts.SyntaxKind.SuperKeyword ? value : machine.get(value, node.name.text)
}

/** `super.method`: looked up from the parent class, and bound to this very instance. */
const superMember = (machine: Machine, node: ts.PropertyAccessExpression, scope: Scope): Value | null => {
  if (node.expression.kind !== ts.SyntaxKind.SuperKeyword) return null
  const parent = homeOf(scope)?.parent
  const self = selfOf(scope)
  const isStatic = self?.kind === 'class'
  if (parent?.kind === 'external' || (parent?.kind === 'host' && isStatic))
    return machine.get(parent, node.name.text)
  if (parent?.kind !== 'class' || self === null)
    return self === null ? UNDEFINED : machine.get(self, node.name.text)
  const stand = dictionary([], { of: parent, open: true })
  const found = machine.get(stand, node.name.text)
  return found.kind === 'closure' ? { ...found, self } : found
}

const element = (machine: Machine, node: ts.ElementAccessExpression, scope: Scope): Value => {
  const owner = machine.evaluate(node.expression, scope)
  const key = machine.evaluate(node.argumentExpression, scope)
  const found = optionsOf(key).map((option) => {
    const name = textOf(option)
    return name === null ? unknown(`${node.getText().slice(0, 60)}`) : machine.get(owner, name)
  })
  return choose(found)
}

/** Evaluated in order; a spread of something unknown ends what we know. */
export const argumentsOf = (
  machine: Machine,
  nodes: readonly ts.Expression[],
  scope: Scope,
): readonly Value[] =>
  nodes.flatMap((node) => {
    if (!ts.isSpreadElement(node)) return [machine.evaluate(node, scope)]
    const value = machine.evaluate(node.expression, scope)
    return machine.world.items(value) ?? [unknown(`...${node.expression.getText().slice(0, 60)}`)]
  })

const call = (machine: Machine, node: ts.CallExpression, scope: Scope): Value => {
  const { expression } = node
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return dynamicImport(machine, node, scope)
  if (expression.kind === ts.SyntaxKind.SuperKeyword) return superCall(machine, node, scope)
  const access = ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)
  const onSuper = access && expression.expression.kind === ts.SyntaxKind.SuperKeyword
  let self: Value | undefined = onSuper ? (selfOf(scope) ?? undefined) : undefined
  let target: Value
  if (access && !onSuper) {
    self = machine.evaluate(expression.expression, scope)
    target = memberOf(machine, expression, self, scope)
    if (node.questionDotToken !== undefined && target.kind === 'constant') return UNDEFINED
  } else {
    target = machine.evaluate(expression, scope)
  }
  const keeps = target.kind === 'host' && target.keepsArguments === true
  if (keeps) machine.progress.keeping += 1
  const args = argumentsOf(machine, node.arguments, scope)
  if (keeps) machine.progress.keeping -= 1
  return machine.call(target, args, self === undefined ? { node } : { node, self })
}

const memberOf = (
  machine: Machine,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  self: Value,
  scope: Scope,
): Value => {
  if (ts.isPropertyAccessExpression(node)) return machine.get(self, node.name.text)
  const key = machine.evaluate(node.argumentExpression, scope)
  const names = optionsOf(key).map(textOf)
  return choose(
    names.map((name) => (name === null ? unknown(node.getText().slice(0, 60)) : machine.get(self, name))),
  )
}

const dynamicImport = (machine: Machine, node: ts.CallExpression, scope: Scope): Value => {
  const [first] = argumentsOf(machine, node.arguments, scope)
  const specifier = textOf(first)
  return specifier === null
    ? unknown(`the module ${node.getText().slice(0, 60)}`)
    : machine.load(scope.file, specifier, 'namespace')
}

const superCall = (machine: Machine, node: ts.CallExpression, scope: Scope): Value => {
  const args = argumentsOf(machine, node.arguments, scope)
  const self = selfOf(scope)
  const parent = homeOf(scope)?.parent
  if (parent !== undefined && parent !== null && self !== null) machine.call(parent, args, { node, self })
  return UNDEFINED
}

const objectLiteral = (machine: Machine, node: ts.ObjectLiteralExpression, scope: Scope): Dictionary => {
  const made = dictionary([], { node })
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      const spread = machine.evaluate(property.expression, scope)
      const fields = machine.world.fields(spread)
      if (fields === null && spread.kind !== 'constant') {
        made.open = true
        made.spreads = [...(made.spreads ?? []), { value: spread, before: made.fields.size }]
      } else if (fields !== null) for (const [key, value] of fields) made.fields.set(key, value)
      continue
    }
    const key = nameOfProperty(machine, property.name, scope)
    if (key === null) made.open = true
    else if (ts.isPropertyAssignment(property))
      made.fields.set(key, machine.evaluate(property.initializer, scope))
    else if (ts.isShorthandPropertyAssignment(property))
      made.fields.set(key, named(machine, property.name, scope))
    else if (ts.isMethodDeclaration(property))
      made.fields.set(key, machine.makeClosure(property, scope, made))
    else if (ts.isGetAccessor(property))
      made.fields.set(key, machine.call(machine.makeClosure(property, scope, made), [], { node: property }))
  }
  return made
}

const arrayLiteral = (machine: Machine, node: ts.ArrayLiteralExpression, scope: Scope): Value => {
  const made = list([])
  for (const item of node.elements) {
    if (!ts.isSpreadElement(item)) {
      made.items.push(ts.isOmittedExpression(item) ? UNDEFINED : machine.evaluate(item, scope))
      continue
    }
    const items = machine.world.items(machine.evaluate(item.expression, scope))
    if (items === null) made.open = true
    else made.items.push(...items)
  }
  return made
}

const template = (machine: Machine, node: ts.TemplateExpression, scope: Scope): Value =>
  node.templateSpans.reduce<Value>((text, span) => {
    const value = machine.evaluate(span.expression, scope)
    const texts = optionsOf(text).flatMap((before) =>
      optionsOf(value).map((each) => {
        const printed = operate(ts.SyntaxKind.PlusToken, constant(''), each)
        const joined = operate(ts.SyntaxKind.PlusToken, before, printed)
        return operate(ts.SyntaxKind.PlusToken, joined, constant(span.literal.text))
      }),
    )
    return choose(texts)
  }, constant(node.head.text))

const conditional = (machine: Machine, node: ts.ConditionalExpression, scope: Scope): Value => {
  const truth = truthOf(machine.evaluate(node.condition, scope))
  if (truth === true) return machine.evaluate(node.whenTrue, scope)
  if (truth === false) return machine.evaluate(node.whenFalse, scope)
  return perhaps(machine, () =>
    choose([machine.evaluate(node.whenTrue, scope), machine.evaluate(node.whenFalse, scope)]),
  )
}

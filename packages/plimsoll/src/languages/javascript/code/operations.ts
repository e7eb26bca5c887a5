import ts from 'typescript'
import { type Machine, perhaps } from './machine.ts'
import { negate, operate } from './operators.ts'
import { choose, constant, optionsOf, type Scope, truthOf, unknown, type Value } from './value.ts'

export const unary = (machine: Machine, node: ts.PrefixUnaryExpression, scope: Scope): Value => {
  if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
    return step(machine, node.operand, node.operator, scope)
  const value = machine.evaluate(node.operand, scope)
  if (node.operator === ts.SyntaxKind.ExclamationToken) return negate(value)
  if (value.kind !== 'constant' || typeof value.value === 'bigint') return unknown('a number')
  return constant(node.operator === ts.SyntaxKind.MinusToken ? -Number(value.value) : Number(value.value))
}

export const step = (
  machine: Machine,
  operand: ts.Expression,
  operator: ts.SyntaxKind,
  scope: Scope,
): Value => {
  const plus = operator === ts.SyntaxKind.PlusPlusToken
  const before = machine.evaluate(operand, scope)
  const kind = plus ? ts.SyntaxKind.PlusToken : ts.SyntaxKind.MinusToken
  machine.assign(operand, operate(kind, before, constant(1)), scope)
  return before
}

const ASSIGNMENTS: ReadonlyMap<ts.SyntaxKind, ts.SyntaxKind> = new Map<ts.SyntaxKind, ts.SyntaxKind>([
  [ts.SyntaxKind.PlusEqualsToken, ts.SyntaxKind.PlusToken],
  [ts.SyntaxKind.MinusEqualsToken, ts.SyntaxKind.MinusToken],
  [ts.SyntaxKind.BarBarEqualsToken, ts.SyntaxKind.BarBarToken],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, ts.SyntaxKind.QuestionQuestionToken],
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken, ts.SyntaxKind.AmpersandAmpersandToken],
])

export const binary = (machine: Machine, node: ts.BinaryExpression, scope: Scope): Value => {
  const operator = node.operatorToken.kind
  if (operator === ts.SyntaxKind.EqualsToken) {
    const value = machine.evaluate(node.right, scope)
    machine.assign(node.left, value, scope)
    return value
  }
  const compound = ASSIGNMENTS.get(operator)
  const value = combine(machine, compound ?? operator, node, scope)
  if (compound !== undefined) machine.assign(node.left, value, scope)
  return value
}

const combine = (
  machine: Machine,
  operator: ts.SyntaxKind,
  node: ts.BinaryExpression,
  scope: Scope,
): Value => {
  const left = machine.evaluate(node.left, scope)
  if (operator === ts.SyntaxKind.CommaToken) return machine.evaluate(node.right, scope)
  const logical =
    operator === ts.SyntaxKind.BarBarToken ||
    operator === ts.SyntaxKind.AmpersandAmpersandToken ||
    operator === ts.SyntaxKind.QuestionQuestionToken
  if (!logical) return operateAll(operator, left, machine.evaluate(node.right, scope))
  const stays = staysLeft(operator, left)
  if (stays === true) return left
  if (stays === false) return machine.evaluate(node.right, scope)
  const right = perhaps(machine, () => machine.evaluate(node.right, scope))
  const defaulted = left.kind === 'unknown' && left.fromEnvironment === true
  if (defaulted && operator !== ts.SyntaxKind.AmpersandAmpersandToken)
    return left.likely === undefined ? right : constant(left.likely)
  return operator === ts.SyntaxKind.AmpersandAmpersandToken && left.kind === 'unknown'
    ? right
    : choose([left, right])
}

/** true: the right side does not matter; null: undecided. */
const staysLeft = (operator: ts.SyntaxKind, left: Value): boolean | null => {
  if (operator === ts.SyntaxKind.QuestionQuestionToken) {
    if (left.kind === 'constant') return left.value !== null && left.value !== undefined
    return left.kind === 'unknown' || left.kind === 'external' || left.kind === 'choice' ? null : true
  }
  const truth = truthOf(left)
  if (truth === null) return null
  return operator === ts.SyntaxKind.BarBarToken ? truth : !truth
}

const operateAll = (operator: ts.SyntaxKind, left: Value, right: Value): Value =>
  choose(optionsOf(left).flatMap((a) => optionsOf(right).map((b) => operate(operator, a, b))))

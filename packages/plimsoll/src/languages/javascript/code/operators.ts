import ts from 'typescript'
import {
  constant,
  likelyTextOf,
  type Primitive,
  textOf,
  truthOf,
  type Unknown,
  unknown,
  type Value,
} from './value.ts'

type Operation = (left: Primitive, right: Primitive) => Primitive

const number = (value: Primitive) => (typeof value === 'number' ? value : Number(value))

const OPERATIONS: ReadonlyMap<ts.SyntaxKind, Operation> = new Map<ts.SyntaxKind, Operation>([
  [ts.SyntaxKind.MinusToken, (left, right) => number(left) - number(right)],
  [ts.SyntaxKind.AsteriskToken, (left, right) => number(left) * number(right)],
  [ts.SyntaxKind.SlashToken, (left, right) => number(left) / number(right)],
  [ts.SyntaxKind.PercentToken, (left, right) => number(left) % number(right)],
  [ts.SyntaxKind.LessThanToken, (left, right) => number(left) < number(right)],
  [ts.SyntaxKind.GreaterThanToken, (left, right) => number(left) > number(right)],
  [ts.SyntaxKind.LessThanEqualsToken, (left, right) => number(left) <= number(right)],
  [ts.SyntaxKind.GreaterThanEqualsToken, (left, right) => number(left) >= number(right)],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, (left, right) => left === right],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, (left, right) => left !== right],
  [ts.SyntaxKind.EqualsEqualsToken, (left, right) => left === right || (left ?? null) === (right ?? null)],
  [ts.SyntaxKind.ExclamationEqualsToken, (left, right) => (left ?? null) !== (right ?? null)],
])

const LONGEST_TEXT = 20_000

const add = (left: Primitive, right: Primitive): Primitive =>
  typeof left === 'number' && typeof right === 'number'
    ? left + right
    : `${String(left)}${String(right)}`.slice(0, LONGEST_TEXT)

const doubt = (operator: ts.SyntaxKind, left: Value, right: Value): Unknown => {
  const why = [left, right].find((each) => each.kind === 'unknown') ?? unknown('a computed value')
  const texts = operator === ts.SyntaxKind.PlusToken ? [likelyTextOf(left), likelyTextOf(right)] : [null]
  const certain = unknown(why.why, why.fromEnvironment)
  return texts.some((text) => text === null) ? certain : { ...certain, likely: texts.join('') }
}

/** A plain operator on two values; unknown unless both are constants. */
export const operate = (operator: ts.SyntaxKind, left: Value, right: Value): Value => {
  if (left.kind === 'list' && operator === ts.SyntaxKind.PlusToken) {
    const text = left.items.map((item) => textOf(item))
    if (text.every((each) => each !== null)) return operate(operator, constant(text.join(',')), right)
  }
  if (left.kind !== 'constant' || right.kind !== 'constant') {
    const plain = left.kind !== 'unknown' && right.kind !== 'unknown'
    const equality = identity(operator)
    return equality !== null && plain && left === right ? constant(equality) : doubt(operator, left, right)
  }
  if (operator === ts.SyntaxKind.PlusToken) return constant(add(left.value, right.value))
  const operation = OPERATIONS.get(operator)
  return operation === undefined ? unknown('a computed value') : constant(operation(left.value, right.value))
}

const identity = (operator: ts.SyntaxKind): boolean | null =>
  operator === ts.SyntaxKind.EqualsEqualsEqualsToken
    ? true
    : operator === ts.SyntaxKind.ExclamationEqualsEqualsToken
      ? false
      : null

export const negate = (value: Value): Value => {
  const truth = truthOf(value)
  return truth === null ? unknown('a condition') : constant(!truth)
}

const KINDS: Readonly<Record<Value['kind'], string | null>> = {
  constant: null,
  pattern: 'object',
  list: 'object',
  dictionary: 'object',
  closure: 'function',
  class: 'function',
  host: 'function',
  external: null,
  choice: null,
  unknown: null,
}

export const typeOf = (value: Value): Value => {
  if (value.kind === 'constant') return constant(value.value === null ? 'object' : typeof value.value)
  const name = KINDS[value.kind]
  return name === null ? unknown('a type') : constant(name)
}

import type { JsonSchema } from '../api.ts'
import { isInteger, onGrid, rangeOf } from './numbers.ts'
import { finite, plain, type Schemas, type Shape, schemasIn, typesOf } from './shape.ts'
import { sampleValid } from './values.ts'

/** A value at a bound: still allowed, or one beyond and against that keyword alone. */
export type Boundary = { keyword: string; value: unknown; within: boolean }

/** A body longer than this is another experiment's question. */
const LONGEST_TEXT = 20_000
const MOST_ITEMS = 200

const text = (length: number) => 'plimsoll'.repeat(Math.ceil(length / 8)).slice(0, Math.max(0, length))

const ofText = (shape: Shape): Boundary[] => {
  if (shape.format !== undefined || shape.pattern !== undefined || shape.enum !== undefined) return []
  const least = finite(shape.minLength)
  const most = finite(shape.maxLength)
  return [
    ...(least !== undefined && least > 0 && least <= LONGEST_TEXT
      ? [
          { keyword: 'minLength', value: text(least), within: true },
          { keyword: 'minLength', value: text(least - 1), within: false },
        ]
      : []),
    ...(most !== undefined && most <= LONGEST_TEXT
      ? [
          { keyword: 'maxLength', value: text(most), within: true },
          { keyword: 'maxLength', value: text(most + 1), within: false },
        ]
      : []),
  ]
}

const OF_FORMAT: Readonly<Record<string, [number, number]>> = {
  int32: [-2_147_483_648, 2_147_483_647],
}

const ofNumber = (shape: Shape): Boundary[] => {
  const { least, greatest, step } = rangeOf(shape)
  const lower = shape.minimum === undefined ? 'exclusiveMinimum' : 'minimum'
  const upper = shape.maximum === undefined ? 'exclusiveMaximum' : 'maximum'
  const [first, last] = OF_FORMAT[String(shape.format)] ?? []
  return [
    ...(least === null
      ? []
      : [
          { keyword: lower, value: least, within: true },
          { keyword: lower, value: onGrid(least - step, step), within: false },
        ]),
    ...(greatest === null
      ? []
      : [
          { keyword: upper, value: greatest, within: true },
          { keyword: upper, value: onGrid(greatest + step, step), within: false },
        ]),
    ...(least === null && first !== undefined ? [{ keyword: 'format', value: first, within: true }] : []),
    ...(greatest === null && last !== undefined ? [{ keyword: 'format', value: last, within: true }] : []),
    ...(isInteger(shape) ? [{ keyword: 'type', value: (least ?? 0) + 0.5, within: false }] : []),
  ]
}

const ofArray = (shape: Shape, schemas: Schemas): Boundary[] => {
  const items = schemasIn([shape.items])[0] ?? true
  const pool = sampleValid(items, schemas, 8, 1)
  const [first] = pool
  if (first === undefined) return []
  const list = (length: number) =>
    shape.uniqueItems === true
      ? pool.slice(0, length)
      : Array.from({ length }, (_, at) => pool[at % pool.length])
  const [least, most] = [finite(shape.minItems), finite(shape.maxItems)]
  return [
    ...(least !== undefined && least > 0 && least <= MOST_ITEMS
      ? [
          { keyword: 'minItems', value: list(least), within: true },
          { keyword: 'minItems', value: list(least - 1), within: false },
        ]
      : []),
    ...(most !== undefined && most <= MOST_ITEMS
      ? [
          { keyword: 'maxItems', value: list(most), within: true },
          { keyword: 'maxItems', value: list(most + 1), within: false },
        ]
      : []),
    ...(shape.uniqueItems === true ? [{ keyword: 'uniqueItems', value: [first, first], within: false }] : []),
  ]
}

/** Values at each bound of a schema and one beyond, each checked to be what it says. */
export const boundariesOf = (schema: JsonSchema, schemas: Schemas): Boundary[] => {
  const shape = plain(schema, schemas.definitions)
  if (shape === null) return []
  const types = typesOf(shape)
  const found = [
    ...(types.includes('string') ? ofText(shape) : []),
    ...(types.includes('integer') || types.includes('number') ? ofNumber(shape) : []),
    ...(types.includes('array') ? ofArray(shape, schemas) : []),
  ]
  return found.filter(({ value, within, keyword }) => {
    const problems = schemas.check(schema, value)
    return within ? problems.length === 0 : breaksOnly(problems, keyword)
  })
}

/** Branches of `anyOf` and `oneOf` complain beside the keyword that was meant. */
const AROUND = new Set(['anyOf', 'oneOf', 'allOf', 'if'])

/** true when that keyword is broken and nothing else is */
export const breaksOnly = (
  problems: readonly { keyword: string; at: string }[],
  keyword: string,
): boolean => {
  const said = problems.filter((one) => !AROUND.has(one.keyword))
  return (
    problems.length > 0 &&
    new Set(said.map(({ at }) => at)).size <= 1 &&
    said.every((one) => one.keyword === keyword)
  )
}

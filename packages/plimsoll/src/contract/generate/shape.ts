import type { JsonSchema } from '../api.ts'

/** A schema that is no boolean. */
export type Shape = { readonly [keyword: string]: unknown }

/** What is wrong with a value: which keyword says so, and where in the value (`/items/0/name`, empty for the whole). */
export type Problem = { keyword: string; at: string }

/** Problems of a value against a schema; empty when it is valid. Formats count. Never throws. */
export type Check = (schema: JsonSchema, value: unknown) => readonly Problem[]

export type Schemas = {
  /** what `#/$defs/…` means */
  definitions: Readonly<Record<string, JsonSchema>>
  check: Check
}

const MOST_STEPS = 20

export const isShape = (value: unknown): value is Shape =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export const schemasIn = (value: unknown): JsonSchema[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'boolean' || isShape(one)) : []

export const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

const both = (one: unknown, other: unknown): JsonSchema => ({ allOf: [one, other] })

const smaller = (one: unknown, other: unknown) =>
  Math.min(finite(one) ?? Number.POSITIVE_INFINITY, finite(other) ?? Number.POSITIVE_INFINITY)
const greater = (one: unknown, other: unknown) =>
  Math.max(finite(one) ?? Number.NEGATIVE_INFINITY, finite(other) ?? Number.NEGATIVE_INFINITY)

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

const common = (one: unknown, other: unknown): unknown => {
  const shared = listOf(one).filter((item) =>
    listOf(other).some(
      (twin) => JSON.stringify(twin) === JSON.stringify(item) || (item === 'integer' && twin === 'number'),
    ),
  )
  if (listOf(other).includes('integer') && listOf(one).includes('number')) shared.push('integer')
  return shared
}

const union = (one: unknown, other: unknown) => [...new Set([...listOf(one), ...listOf(other)])]

const everyProperty = (one: unknown, other: unknown): Shape => {
  const [a, b] = [isShape(one) ? one : {}, isShape(other) ? other : {}]
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [
      name,
      name in a && name in b ? both(a[name], b[name]) : (a[name] ?? b[name]),
    ]),
  )
}

const strictest = (one: unknown, other: unknown): unknown =>
  one === false || other === false ? false : one === true ? other : other === true ? one : both(one, other)

/** How a keyword that both have is said once; for any other the later one is taken. */
const MERGES: Readonly<Record<string, (one: unknown, other: unknown) => unknown>> = {
  type: common,
  enum: common,
  required: union,
  properties: everyProperty,
  additionalProperties: strictest,
  items: strictest,
  minimum: greater,
  exclusiveMinimum: greater,
  minLength: greater,
  minItems: greater,
  minProperties: greater,
  maximum: smaller,
  exclusiveMaximum: smaller,
  maxLength: smaller,
  maxItems: smaller,
  maxProperties: smaller,
}

const merge = (one: Shape, other: Shape): Shape => {
  const merged: Record<string, unknown> = { ...one }
  for (const [keyword, value] of Object.entries(other))
    merged[keyword] = keyword in one ? (MERGES[keyword]?.(one[keyword], value) ?? value) : value
  return merged
}

const targetOf = (reference: string, definitions: Schemas['definitions']): JsonSchema | undefined =>
  reference.startsWith('#/$defs/') ? definitions[reference.slice(8)] : undefined

/**
 * A schema without `$ref` and `allOf` at its top: what they say, said in one place. Null where nothing is valid.
 * What refers to itself without end, or to nothing, says nothing.
 */
export const plain = (
  schema: JsonSchema | undefined,
  definitions: Schemas['definitions'],
  step = 0,
): Shape | null => {
  if (schema === false) return null
  if (schema === true || schema === undefined || step > MOST_STEPS) return {}
  const { $ref: reference, allOf, ...rest } = schema
  const parts = [
    ...(typeof reference === 'string' ? [targetOf(reference, definitions)] : []),
    ...schemasIn(allOf),
  ].map((part) => plain(part, definitions, step + 1))
  let merged: Shape = {}
  for (const part of [...parts, rest]) {
    if (part === null) return null
    merged = merge(merged, part)
  }
  return merged
}

const TYPE_OF_KEYWORD: readonly [string, string][] = [
  ['properties', 'object'],
  ['required', 'object'],
  ['items', 'array'],
  ['prefixItems', 'array'],
  ['minLength', 'string'],
  ['maxLength', 'string'],
  ['pattern', 'string'],
  ['format', 'string'],
  ['minimum', 'number'],
  ['maximum', 'number'],
  ['multipleOf', 'number'],
]

/** Types that a shape allows, null among them; where it names none, the one that its keywords are about. */
export const typesOf = (shape: Shape): string[] => {
  if (shape.type !== undefined) return listOf(shape.type).map(String)
  const found = TYPE_OF_KEYWORD.find(([keyword]) => keyword in shape)
  return found === undefined ? [] : [found[1]]
}

/** The branches of `oneOf` or `anyOf`, each with what stands beside them; the shape itself where it has none. */
export const branchesOf = (shape: Shape, definitions: Schemas['definitions']): Shape[] => {
  const { oneOf, anyOf, ...rest } = shape
  const branches = [...schemasIn(oneOf), ...schemasIn(anyOf)]
  if (branches.length === 0) return [shape]
  return branches.flatMap((branch) => {
    const made = plain({ allOf: [rest, branch] }, definitions)
    return made === null ? [] : [made]
  })
}

export const requiredOf = (shape: Shape): string[] =>
  Array.isArray(shape.required) ? shape.required.filter((name) => typeof name === 'string') : []

export const propertiesOf = (shape: Shape): [string, JsonSchema][] =>
  isShape(shape.properties)
    ? Object.entries(shape.properties).flatMap(([name, schema]): [string, JsonSchema][] =>
        typeof schema === 'boolean' || isShape(schema) ? [[name, schema]] : [],
      )
    : []

import type { JsonSchema } from '../api.ts'
import { boundariesOf, breaksOnly } from './boundaries.ts'
import { plain, propertiesOf, requiredOf, type Schemas, type Shape, schemasIn, typesOf } from './shape.ts'
import { notOfFormat } from './texts.ts'

/** A value that a schema refuses, for one reason. */
export type Invalid = {
  /** the one keyword that it breaks */
  keyword: string
  /** which part of the value breaks it: names and indexes, empty for the whole */
  at: readonly string[]
  /** the whole value, with that part broken */
  value: unknown
}

const DEEP = 4

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** What nobody takes for the type, not even a reader that coerces. */
const OTHER_TYPE: Readonly<Record<string, unknown>> = {
  string: { plimsoll: 1 },
  number: 'not-a-number',
  integer: 'not-a-number',
  boolean: 'not-a-boolean',
  array: { plimsoll: 1 },
  object: 'not-an-object',
}

const NOT_MATCHING = ['\u0001', 'plimsoll plimsoll', '!', '0', '']

type Broken = { keyword: string; value: unknown }

const wrongTypes = (shape: Shape): Broken[] => {
  const types = typesOf(shape).filter((type) => type !== 'null')
  return types.slice(0, 1).flatMap((type) => {
    const value = OTHER_TYPE[type]
    return value === undefined ? [] : [{ keyword: 'type', value }]
  })
}

const wrongChoices = (shape: Shape): Broken[] => {
  const types = typesOf(shape)
  const value = types.includes('integer') || types.includes('number') ? 987_654_321 : 'plimsoll-none-of-these'
  return [
    ...(Array.isArray(shape.enum) ? [{ keyword: 'enum', value }] : []),
    ...('const' in shape ? [{ keyword: 'const', value }] : []),
  ]
}

const wrongTexts = (shape: Shape, schema: JsonSchema, { check }: Schemas): Broken[] => {
  if (!typesOf(shape).includes('string')) return []
  const unlike = typeof shape.pattern === 'string' ? NOT_MATCHING : []
  const pattern = unlike.find((text) => breaksOnly(check(schema, text), 'pattern'))
  const format = notOfFormat(shape.format)
  return [
    ...(pattern === undefined ? [] : [{ keyword: 'pattern', value: pattern }]),
    ...(format === null ? [] : [{ keyword: 'format', value: format }]),
  ]
}

const withoutRequired = (shape: Shape, value: unknown, definitions: Schemas['definitions']): Broken[] => {
  if (!isRecord(value)) return []
  return requiredOf(shape)
    .filter((name) => name in value)
    .filter((name) => {
      const own = plain(propertiesOf(shape).find(([property]) => property === name)?.[1] ?? {}, definitions)
      return own !== null && own.readOnly !== true && own.default === undefined
    })
    .map((name) => {
      const { [name]: _left, ...rest } = value
      return { keyword: 'required', value: rest }
    })
}

const put = (value: unknown, at: readonly string[], what: unknown): unknown => {
  const [key, ...rest] = at
  if (key === undefined) return what
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? put(item, rest, what) : item))
  return isRecord(value) ? { ...value, [key]: put(value[key], rest, what) } : value
}

/** Every way to break this part of a value, the part itself given. */
const brokenHere = (schema: JsonSchema, value: unknown, schemas: Schemas): Broken[] => {
  const shape = plain(schema, schemas.definitions)
  if (shape === null) return []
  return [
    ...wrongTypes(shape),
    ...withoutRequired(shape, value, schemas.definitions),
    ...wrongChoices(shape),
    ...wrongTexts(shape, schema, schemas),
    ...boundariesOf(schema, schemas).filter(({ within }) => !within),
    ...(shape.additionalProperties === false && isRecord(value)
      ? [{ keyword: 'additionalProperties', value: { ...value, plimsollUnknown: 'x' } }]
      : []),
  ]
}

type Inside = { schema: JsonSchema; value: unknown; at: string[] }

const partsOf = (schema: JsonSchema, value: unknown, { definitions }: Schemas): Inside[] => {
  const shape = plain(schema, definitions)
  if (shape === null) return []
  if (Array.isArray(value)) {
    const items = schemasIn([shape.items])[0]
    return items === undefined || value.length === 0 ? [] : [{ schema: items, value: value[0], at: ['0'] }]
  }
  if (!isRecord(value)) return []
  return propertiesOf(shape)
    .filter(([name]) => name in value)
    .map(([name, own]) => ({ schema: own, value: value[name], at: [name] }))
}

const walk = (schema: JsonSchema, value: unknown, schemas: Schemas, at: readonly string[]): Invalid[] => [
  ...brokenHere(schema, value, schemas).map(({ keyword, value: broken }) => ({ keyword, at, value: broken })),
  ...(at.length >= DEEP
    ? []
    : partsOf(schema, value, schemas).flatMap((part) =>
        walk(part.schema, part.value, schemas, [...at, ...part.at]),
      )),
]

/**
 * Invalid values made of a valid one, each with one keyword broken in one place and checked to be so.
 * @param valid a value that the schema takes; what it leaves out is not broken
 */
export const invalidsOf = (schema: JsonSchema, valid: unknown, schemas: Schemas): Invalid[] =>
  walk(schema, valid, schemas, [])
    .map(({ keyword, at, value }) => ({ keyword, at, value: put(valid, at, value) }))
    .filter(({ keyword, value }) => breaksOnly(schemas.check(schema, value), keyword))

import type { Json } from '../../../base/json/json.ts'
import { textOf, type Value, type World } from '../code/code.ts'

/** JSON Schema 2020-12 as an object. */
export type Schema = { [keyword: string]: Json }

/** A schema as it stands among the properties of an object. */
export type Read = {
  schema: Schema
  /** may be missing; also where that cannot be read */
  optional: boolean
}

/** What the readers of the libraries ask while they read. */
export type Reading = {
  readonly world: World
  /** null: no schema, or none that can be read */
  read(value: Value | undefined): Read | null
  /** the properties of an object's literal, with what was spread into it; null where it is none */
  properties(value: Value | undefined, read?: (value: Value) => Read | null): Map<string, Read> | null
  /** the schema that other code registered under a name */
  shared(id: string): Value | null
  /** reads what a reference leads to once, under a name of its own; gives the reference */
  refer(target: Value, name: string, read?: () => Read | null): Schema
}

export const UNREADABLE: Read = { schema: {}, optional: true }

export const isSchema = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const typeOf = ({ type }: Schema): string | null => {
  const [first] = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null')
  return typeof first === 'string' ? first : null
}

const ASSERTING = ['anyOf', 'oneOf', 'allOf', '$ref', 'not', 'if']

/** The same, and null as well. */
export const orNull = (schema: Schema): Schema => {
  if (Object.keys(schema).length === 0) return schema
  if (ASSERTING.some((keyword) => keyword in schema)) return { anyOf: [schema, { type: 'null' }] }
  const { const: only, ...rest } = schema
  const values = only === undefined ? schema.enum : [only]
  const type = typeof rest.type === 'string' ? [rest.type] : rest.type
  return {
    ...rest,
    ...(Array.isArray(type) ? { type: [...type.filter((one) => one !== 'null'), 'null'] } : {}),
    ...(Array.isArray(values) ? { enum: [...values.filter((one) => one !== null), null] } : {}),
  }
}

export const objectOf = (properties: ReadonlyMap<string, Read>): Schema => {
  const required = [...properties].filter(([, { optional }]) => !optional).map(([name]) => name)
  return {
    type: 'object',
    properties: Object.fromEntries([...properties].map(([name, { schema }]) => [name, schema])),
    ...(required.length > 0 ? { required } : {}),
  }
}

/** The properties of an object's schema, each with whether it may be missing. */
export const propertiesOf = (schema: Schema): Map<string, Read> => {
  const required = Array.isArray(schema.required) ? schema.required : []
  const properties = isSchema(schema.properties) ? schema.properties : {}
  return new Map(
    Object.entries(properties).map(([name, inner]) => [
      name,
      { schema: isSchema(inner) ? inner : {}, optional: !required.includes(name) },
    ]),
  )
}

/** The same object with other properties; what else it says stays. */
export const withProperties = (schema: Schema, properties: ReadonlyMap<string, Read>): Schema => {
  const { properties: _, required: __, ...rest } = schema
  return { ...rest, ...objectOf(properties) }
}

export const numberIn = (value: Value | undefined): number | null =>
  value?.kind === 'constant' && typeof value.value === 'number' && Number.isFinite(value.value)
    ? value.value
    : null

export const textIn = (value: Value | undefined): string | null =>
  value?.kind === 'constant' && typeof value.value === 'string' ? value.value : null

export const isConstant = (value: Value | undefined, wanted: boolean | null): boolean =>
  value?.kind === 'constant' && value.value === wanted

/** Texts of a list, or of the arguments themselves. */
export const textsIn = (world: World, values: readonly Value[]): string[] =>
  values.flatMap((value) => {
    const items = value.kind === 'list' ? world.items(value) : null
    return items === null ? (textOf(value) ?? []) : textsIn(world, items)
  })

const isPattern = (source: string) => {
  try {
    return new RegExp(source, 'u').source.length > 0
  } catch {
    return false
  }
}

/** A regular expression as a keyword; what JSON Schema cannot say of it is left out. */
export const patternOf = (value: Value | undefined): Schema =>
  value?.kind === 'pattern' && /^[uvgsd]*$/.test(value.flags) && isPattern(value.source)
    ? { pattern: value.source }
    : {}

export const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

const BOUNDS: Readonly<Record<string, readonly [string, string]>> = {
  string: ['minLength', 'maxLength'],
  number: ['minimum', 'maximum'],
  integer: ['minimum', 'maximum'],
  array: ['minItems', 'maxItems'],
  object: ['minProperties', 'maxProperties'],
}

/** `min(2)`, in the words of what the schema is of. */
export const bound = (schema: Schema, which: 'min' | 'max', value: Value | undefined): Schema => {
  const number = numberIn(value)
  const names = BOUNDS[typeOf(schema) ?? '']
  if (number === null || names === undefined || schema.format === 'date-time') return schema
  return { ...schema, [which === 'min' ? names[0] : names[1]]: number }
}

/** One of several; where one of them may be anything, so may all. */
export const anyOf = (reads: readonly (Read | null)[]): Schema => {
  const schemas = reads.map((each) => each?.schema ?? {})
  const [only] = schemas
  if (only === undefined || schemas.some((each) => Object.keys(each).length === 0)) return {}
  if (schemas.length === 1) return only
  const constants = schemas.flatMap((each) => (each.const === undefined ? [] : [each.const]))
  return constants.length === schemas.length ? { enum: constants } : { anyOf: schemas }
}

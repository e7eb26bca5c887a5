import type { JsonSchema } from '../../contract/api.ts'

const isWord = (name: string) => /^[A-Za-z_$][\w$]*$/.test(name)
const keyOf = (name: string) => (isWord(name) ? name : JSON.stringify(name))

export const typeName = (name: string): string => {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[A-Za-z]/.test(joined) ? joined : `Type${joined}`
}

const PLAIN: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value))
const schemasIn = (value: unknown): JsonSchema[] => list(value).filter(isSchema)

const union = (types: readonly string[], by: ' | ' | ' & '): string => {
  const distinct = [...new Set(types)]
  return distinct.length === 1 ? (distinct[0] ?? 'unknown') : `(${distinct.join(by)})`
}

const objectType = (schema: Readonly<Record<string, unknown>>): string => {
  const { properties, additionalProperties } = schema
  const required = list(schema.required)
  const entries = isSchema(properties) && typeof properties === 'object' ? Object.entries(properties) : []
  const fields = entries.map(([name, inner]) => {
    const type = isSchema(inner) ? typeOf(inner) : 'unknown'
    return `${keyOf(name)}${required.includes(name) ? '' : '?'}: ${type}`
  })
  if (fields.length > 0) return `{ ${fields.join('; ')} }`
  return isSchema(additionalProperties) && typeof additionalProperties === 'object'
    ? `Record<string, ${typeOf(additionalProperties)}>`
    : 'Record<string, unknown>'
}

const byType = (type: unknown, schema: Readonly<Record<string, unknown>>): string => {
  if (type === 'array') return `Array<${isSchema(schema.items) ? typeOf(schema.items) : 'unknown'}>`
  if (type === 'object' || (type === undefined && 'properties' in schema)) return objectType(schema)
  return PLAIN[String(type)] ?? 'unknown'
}

/** A TypeScript type that takes everything a schema takes; what cannot be said in a type is left open. */
export const typeOf = (schema: JsonSchema): string => {
  if (typeof schema === 'boolean') return 'unknown'
  const { $ref, type } = schema
  if (typeof $ref === 'string') {
    const name = /^#\/(?:\$defs|components\/schemas)\/(.+)$/.exec($ref)?.[1]
    return name === undefined ? 'unknown' : typeName(decodeURIComponent(name))
  }
  if ('const' in schema) return JSON.stringify(schema.const) ?? 'unknown'
  const values = list(schema.enum)
  if (values.length > 0)
    return union(
      values.map((value) => JSON.stringify(value) ?? 'unknown'),
      ' | ',
    )
  const either = [...schemasIn(schema.anyOf), ...schemasIn(schema.oneOf)]
  if (either.length > 0) return union(either.map(typeOf), ' | ')
  const all = schemasIn(schema.allOf)
  if (all.length > 0)
    return union([...all.map(typeOf), ...('properties' in schema ? [objectType(schema)] : [])], ' & ')
  return Array.isArray(type)
    ? union(
        type.map((each) => byType(each, schema)),
        ' | ',
      )
    : byType(type, schema)
}

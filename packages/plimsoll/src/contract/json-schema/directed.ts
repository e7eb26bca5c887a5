import type { JsonSchema } from '../api.ts'
import { HOLDS } from '../openapi/keywords.ts'

/** A value sent to the app, or one that it sends: each leaves out what only the other has. */
export type Direction = 'request' | 'response'

type Schema = Readonly<Record<string, unknown>>
type Definitions = Readonly<Record<string, JsonSchema>>

const isSchema = (value: unknown): value is Schema =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const REFERENCE = '#/$defs/'

/** The name that a schema refers to; null for one that refers to none. */
export const referredName = (schema: unknown): string | null =>
  isSchema(schema) && typeof schema.$ref === 'string' && schema.$ref.startsWith(REFERENCE)
    ? schema.$ref.slice(REFERENCE.length)
    : null

/** The schema, or the definition that it refers to in the end. */
export const resolveSchema = (schema: unknown, definitions: Definitions): unknown => {
  let at = schema
  for (let steps = 0; steps < 30; steps += 1) {
    const name = referredName(at)
    if (name === null) return at
    at = definitions[name]
  }
  return true
}

const MARKS = { request: 'readOnly', response: 'writeOnly' } as const

const isMarked = (schema: unknown, mark: string, definitions: Definitions): boolean => {
  if (!isSchema(schema)) return false
  if (schema[mark] === true) return true
  const meant = resolveSchema(schema, definitions)
  if (isSchema(meant) && meant[mark] === true) return true
  const [only, ...more] = isSchema(meant) && Array.isArray(meant.allOf) ? meant.allOf : []
  return only !== undefined && more.length === 0 && isMarked(only, mark, definitions)
}

/** Names of the properties that a value of this direction does not hold, wherever the schema lists them. */
const namesLeftOut = (
  schema: unknown,
  mark: string,
  definitions: Definitions,
  seen = new Set<unknown>(),
): string[] => {
  const meant = resolveSchema(schema, definitions)
  if (!isSchema(meant) || seen.has(meant)) return []
  seen.add(meant)
  const own = isSchema(meant.properties)
    ? Object.entries(meant.properties)
        .filter(([, property]) => isMarked(property, mark, definitions))
        .map(([name]) => name)
    : []
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => (Array.isArray(meant[key]) ? meant[key] : []))
  return [...own, ...parts.flatMap((part) => namesLeftOut(part, mark, definitions, seen))]
}

/**
 * The schema of a value that goes this way: a property that only the other way has is neither required nor checked.
 * References become what `rename` makes of their names.
 */
export const directSchema = (
  schema: JsonSchema,
  direction: Direction,
  definitions: Definitions,
  rename: (name: string) => string,
): JsonSchema => {
  const mark = MARKS[direction]

  const directAll = (
    kind: 'schema' | 'list' | 'group',
    value: unknown,
    absent: ReadonlySet<string>,
  ): unknown => {
    if (kind === 'list') return Array.isArray(value) ? value.map((one) => direct(one, absent)) : value
    if (kind === 'schema' || !isSchema(value)) return direct(value, absent)
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, absent.has(name) ? true : direct(one, new Set())]),
    )
  }

  /** `absent`: names that a schema around this one leaves out of the same value. */
  const direct = (value: unknown, absent: ReadonlySet<string>): unknown => {
    if (!isSchema(value)) return value
    const left = new Set([...absent, ...namesLeftOut(value, mark, definitions)])
    const made: Record<string, unknown> = {}
    for (const [key, held] of Object.entries(value)) {
      const kind = HOLDS.get(key)
      const name = key === '$ref' ? referredName(value) : null
      // A discriminator picks one where several would fit.
      const target = key === 'oneOf' && value.discriminator !== undefined ? 'anyOf' : key
      if (key === 'discriminator') continue
      if (name !== null) made.$ref = rename(name)
      else if (key === 'required' && Array.isArray(held)) made.required = held.filter((one) => !left.has(one))
      else if (kind === 'list' || key === 'properties') made[target] = directAll(kind ?? 'group', held, left)
      else made[target] = kind === undefined ? held : directAll(kind, held, new Set())
    }
    return made
  }

  const made = direct(schema, new Set())
  return typeof made === 'boolean' || isSchema(made) ? made : true
}

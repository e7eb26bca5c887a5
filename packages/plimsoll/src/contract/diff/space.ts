import type { Api, JsonSchema } from '../api.ts'
import type { Schemas } from '../generate/shape.ts'
import { compileSchema, type SchemaProblem } from '../json-schema/compile-schema.ts'
import { type Direction, directSchema } from '../json-schema/directed.ts'
import { mapSchema } from '../json-schema/map-schema.ts'
import { UNREAD } from '../openapi/convert-schema.ts'

export type Side = 'before' | 'after'

/** The schemas of both documents for one direction, side by side, so that one value can be held against both. */
export type Space = Schemas & {
  direction: Direction
  of(side: Side, schema: JsonSchema): JsonSchema
  /** null where the schema cannot be compiled */
  problems(schema: JsonSchema, value: unknown): SchemaProblem[] | null
  /** true when all that they refer to could be read */
  read: boolean
  /** true when two prepared schemas surely say the same */
  same(from: JsonSchema, to: JsonSchema): boolean
}

const NOTES = [
  'title',
  'description',
  'deprecated',
  'default',
  'examples',
  'readOnly',
  'writeOnly',
  '$comment',
]

const withoutNotes = (shape: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(shape).filter(
      ([key]) => !NOTES.includes(key) && (key === UNREAD || !key.startsWith('x-')),
    ),
  )

/** An answer may hold more than it did: clients overlook what they do not know. */
const opened = ({
  additionalProperties,
  unevaluatedProperties,
  oneOf,
  ...rest
}: Readonly<Record<string, unknown>>) => ({
  ...rest,
  ...(additionalProperties !== undefined && additionalProperties !== false && { additionalProperties }),
  ...(unevaluatedProperties !== undefined && unevaluatedProperties !== false && { unevaluatedProperties }),
  ...(oneOf !== undefined && (rest.anyOf === undefined ? { anyOf: oneOf } : { allOf: [{ anyOf: oneOf }] })),
})

const REFERENCE = /#\/\$defs\/(?:before|after)\.([^"]+)"/g

const namesIn = (text: string): string[] => [...text.matchAll(REFERENCE)].map(([, name]) => name ?? '')

const withoutSide = (text: string) => text.replace(REFERENCE, (_, name: string) => `#/$defs/${name}"`)

/** Definitions that are in one document only, differ, or refer to one that does. */
const differing = (texts: Readonly<Record<Side, ReadonlyMap<string, string>>>): Set<string> => {
  const names = new Set([...texts.before.keys(), ...texts.after.keys()])
  const changed = new Set<string>()
  const users = new Map<string, string[]>()
  for (const name of names) {
    const [before, after] = [texts.before.get(name), texts.after.get(name)]
    if (before === undefined || after === undefined || withoutSide(before) !== withoutSide(after))
      changed.add(name)
    for (const used of namesIn(before ?? '')) users.set(used, [...(users.get(used) ?? []), name])
  }
  const open = [...changed]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const user of users.get(name) ?? []) {
      if (changed.has(user)) continue
      changed.add(user)
      open.push(user)
    }
  }
  return changed
}

export const openSpace = (apis: Readonly<Record<Side, Api>>, direction: Direction): Space => {
  // The side that has to put up with what the other sends.
  const lenient: Side | null = direction === 'response' ? 'before' : null

  const prepare = (side: Side, schema: JsonSchema): JsonSchema => {
    const { definitions } = apis[side]
    const rename = (name: string) => `#/$defs/${side}.${name}`
    return mapSchema(directSchema(schema, direction, definitions, rename), withoutNotes)
  }
  const soften = (side: Side, schema: JsonSchema) => (side === lenient ? mapSchema(schema, opened) : schema)

  const definitions: Record<string, JsonSchema> = {}
  const texts = { before: new Map<string, string>(), after: new Map<string, string>() }
  for (const side of ['before', 'after'] as const) {
    for (const [name, schema] of Object.entries(apis[side].definitions)) {
      const prepared = prepare(side, schema)
      texts[side].set(name, JSON.stringify(prepared))
      definitions[`${side}.${name}`] = soften(side, prepared)
    }
  }
  const changed = differing(texts)

  const known: Record<Side, Map<JsonSchema, JsonSchema>> = { before: new Map(), after: new Map() }
  const of = (side: Side, schema: JsonSchema): JsonSchema => {
    const before = known[side].get(schema)
    if (before !== undefined) return before
    const made = soften(side, prepare(side, schema))
    known[side].set(schema, made)
    return made
  }

  const problems: Space['problems'] = (schema, value) => {
    const check = compileSchema({ definitions }, schema, direction)
    return check === null ? null : (check(value) ?? [])
  }

  return {
    direction,
    definitions,
    read: !JSON.stringify(definitions).includes(UNREAD),
    of,
    problems,
    check: (schema, value) =>
      (problems(schema, value) ?? [{ pointer: '', keyword: 'schema', message: '' }]).map(
        ({ keyword, pointer }) => ({ keyword, at: pointer }),
      ),
    same: (from, to) => {
      const text = JSON.stringify(from)
      return (
        withoutSide(text) === withoutSide(JSON.stringify(to)) &&
        namesIn(text).every((name) => !changed.has(name))
      )
    },
  }
}

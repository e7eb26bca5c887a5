import type { Api, JsonSchema } from '../api.ts'
import { routeShape } from '../find-operation.ts'
import type { Schemas } from '../generate/shape.ts'
import { compileSchema, type SchemaProblem } from '../json-schema/compile-schema.ts'
import { type Direction, directSchema, referredName } from '../json-schema/directed.ts'
import { mapSchema } from '../json-schema/map-schema.ts'
import { UNREAD } from '../openapi/convert-schema.ts'

type Visit = (from: string, to: string, isRoot: boolean) => boolean

export type Side = 'before' | 'after'

/** The schemas of both documents for one direction, side by side, so that one value can be held against both. */
export type Space = Schemas & {
  direction: Direction
  of(side: Side, schema: JsonSchema): JsonSchema
  /** null where the schema cannot be compiled */
  problems(schema: JsonSchema, value: unknown): SchemaProblem[] | null
  /** true when all that they refer to could be read */
  read: boolean
  /** whether a pair of definitions has to be looked into: each is once, where it stands nearest to an operation */
  visit: Visit
  /** definitions of the older document that refer to this one, itself among them */
  usersOf(definition: string): ReadonlySet<string>
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

const usersIn = (texts: ReadonlyMap<string, string>): Map<string, string[]> => {
  const users = new Map<string, string[]>()
  for (const [name, text] of texts)
    for (const used of new Set(namesIn(text))) {
      const known = users.get(used)
      if (known === undefined) users.set(used, [name])
      else known.push(name)
    }
  return users
}

/** These definitions, and all that refer to them in the end. */
const withUsers = (
  names: ReadonlySet<string>,
  users: ReadonlyMap<string, readonly string[]>,
): Set<string> => {
  const all = new Set(names)
  const open = [...names]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const user of users.get(name) ?? []) {
      if (all.has(user)) continue
      all.add(user)
      open.push(user)
    }
  }
  return all
}

export const visitOnce = (): Visit => {
  const seen = new Set<string>()
  return (from, to) => {
    const key = `${from} ${to}`
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  }
}

/** The definition that a schema is, or a list of. */
const rootOf = (schema: JsonSchema | null): string[] => {
  if (schema === null || typeof schema === 'boolean') return []
  const name = referredName(schema) ?? referredName(schema.items)
  return name === null ? [] : [name]
}

/** `POST /notes Note`: what the bodies, or the answers, of each operation are. */
const rootsOf = ({ operations }: Api, direction: Direction): Set<string> =>
  new Set(
    operations.flatMap(({ method, path, body, responses }) =>
      (direction === 'request' ? (body?.content ?? []) : responses.flatMap(({ content }) => content))
        .flatMap(({ schema }) => rootOf(schema))
        .map((name) => `${method} ${routeShape(path)} ${name}`),
    ),
  )

/** Definitions that an operation of both documents is made of: they are looked into there. */
const sharedRoots = ({ before, after }: Readonly<Record<Side, Api>>, direction: Direction): Set<string> => {
  const fresh = rootsOf(after, direction)
  const shared = [...rootsOf(before, direction)].filter((root) => fresh.has(root))
  return new Set(shared.map((root) => root.split(' ').at(-1) ?? ''))
}

/** Definitions that are in one document only, differ, or refer to one that does. */
const differing = (
  texts: Readonly<Record<Side, ReadonlyMap<string, string>>>,
  users: ReadonlyMap<string, readonly string[]>,
): Set<string> => {
  const names = new Set([...texts.before.keys(), ...texts.after.keys()])
  const changed = new Set<string>()
  for (const name of names) {
    const [before, after] = [texts.before.get(name), texts.after.get(name)]
    if (before === undefined || after === undefined || withoutSide(before) !== withoutSide(after))
      changed.add(name)
  }
  return withUsers(changed, users)
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
  const users = usersIn(texts.before)
  const changed = differing(texts, users)
  const roots = sharedRoots(apis, direction)
  const once = visitOnce()

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
    visit: (from, to, isRoot) => {
      const [one, other] = [from, to].map((name) => name.replace(/^(?:before|after)\./, ''))
      const isElsewhere = !isRoot && one === other && roots.has(one ?? '')
      return !isElsewhere && once(from, to, isRoot)
    },
    usersOf: (definition) => withUsers(new Set([definition]), users),
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

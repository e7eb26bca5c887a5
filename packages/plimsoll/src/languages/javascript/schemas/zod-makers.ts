import type { Value } from '../code/code.ts'
import { jsonOf } from '../routing/json-of.ts'
import { anyOf, objectOf, orNull, type Read, type Reading, type Schema, UNREADABLE } from './schema.ts'

type Args = readonly Value[]
export type Maker = (args: Args, at: Reading) => Read | null

export const needed = (schema: Schema): Read => ({ schema, optional: false })
const plain = (schema: Schema) => (): Read => needed(schema)

export const FORMATS: Readonly<Record<string, Schema>> = {
  email: { format: 'email' },
  url: { format: 'uri' },
  httpUrl: { format: 'uri' },
  uuid: { format: 'uuid' },
  uuidv4: { format: 'uuid' },
  uuidv6: { format: 'uuid' },
  uuidv7: { format: 'uuid' },
  guid: { format: 'uuid' },
  datetime: { format: 'date-time' },
  date: { format: 'date' },
  time: { format: 'time' },
  duration: { format: 'duration' },
  ipv4: { format: 'ipv4' },
  ipv6: { format: 'ipv6' },
  hostname: { format: 'hostname' },
  nonempty: { minLength: 1 },
  ip: {},
  cuid: { pattern: '^[cC][^\\s-]{8,}$' },
  cuid2: { pattern: '^[0-9a-z]+$' },
  ulid: { pattern: '^[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{26}$' },
  nanoid: { pattern: '^[A-Za-z0-9_-]{21}$' },
  base64: {},
  base64url: {},
  jwt: {},
  cidr: {},
  emoji: {},
  e164: { pattern: '^\\+[1-9]\\d{6,14}$' },
  hex: { pattern: '^[0-9a-fA-F]*$' },
}

const valuesOf = (at: Reading, value: Value | undefined): Schema => {
  if (value?.kind === 'external') {
    const read = at.read(value)
    return read?.schema.enum === undefined ? {} : { enum: read.schema.enum }
  }
  const listed =
    value === undefined ? null : (at.world.items(value) ?? [...(at.world.fields(value)?.values() ?? [])])
  const known = listed?.map((each) => jsonOf(at.world, each)).filter((each) => each !== undefined) ?? []
  if (known.length === 0 || known.length !== listed?.length) return {}
  const numbers = known.some((each) => typeof each === 'number')
  // An enum of numbers maps back to its names, which are no values of it.
  const values =
    value?.kind === 'dictionary' && numbers ? known.filter((each) => typeof each === 'number') : known
  return { enum: values, ...(values.every((each) => typeof each === 'string') ? { type: 'string' } : {}) }
}

const literal: Maker = ([given], at) => {
  const value = given === undefined ? undefined : jsonOf(at.world, given)
  if (value === undefined) return UNREADABLE
  if (Array.isArray(value)) return needed({ enum: value })
  return needed(value === null ? { type: 'null' } : { const: value })
}

const object =
  (extra: Schema = {}): Maker =>
  ([shape], at) => {
    const properties = shape === undefined ? new Map<string, Read>() : at.properties(shape)
    return needed(properties === null ? { type: 'object' } : { ...objectOf(properties), ...extra })
  }

const record: Maker = ([first, second], at) => {
  const inner = at.read(second ?? first)
  return needed({ type: 'object', ...(inner === null ? {} : { additionalProperties: inner.schema }) })
}

const tuple: Maker = ([list], at) => {
  const items = list === undefined ? null : at.world.items(list)
  if (items === null) return needed({ type: 'array' })
  return needed({
    type: 'array',
    prefixItems: items.map((item) => at.read(item)?.schema ?? {}),
    minItems: items.length,
    maxItems: items.length,
  })
}

const union: Maker = (args, at) => {
  const items = args.map((arg) => at.world.items(arg)).find((each) => each !== null) ?? []
  const reads = items.map((item) => at.read(item))
  return { schema: anyOf(reads), optional: reads.some((each) => each?.optional ?? true) }
}

const array: Maker = ([item], at) => {
  const inner = at.read(item)
  return needed({ type: 'array', ...(inner === null ? {} : { items: inner.schema }) })
}

const lazy: Maker = ([make], at) => {
  if (make?.kind !== 'closure') return UNREADABLE
  return needed(at.refer(at.world.call(make, [], { node: make.node }), 'Recursive'))
}

export const both = (left: Read | null, right: Read | null): Schema => {
  const parts = [left, right].flatMap((each) =>
    each === null || Object.keys(each.schema).length === 0 ? [] : [each.schema],
  )
  const [only] = parts
  return only === undefined ? {} : parts.length === 1 ? only : { allOf: parts }
}

const text = (args: Schema = {}) => plain({ type: 'string', ...args })
export const whole = { type: 'integer' }

export const MAKERS: Readonly<Record<string, Maker>> = {
  ...Object.fromEntries(Object.entries(FORMATS).map(([name, schema]) => [name, text(schema)])),
  string: text(),
  // A Date is nothing that JSON can carry; z.coerce.date() is, see below.
  date: () => UNREADABLE,
  number: plain({ type: 'number' }),
  int: plain(whole),
  int32: plain(whole),
  uint32: plain({ ...whole, minimum: 0 }),
  float32: plain({ type: 'number' }),
  float64: plain({ type: 'number' }),
  boolean: plain({ type: 'boolean' }),
  stringbool: plain({ type: 'string' }),
  null: plain({ type: 'null' }),
  undefined: () => UNREADABLE,
  any: () => UNREADABLE,
  unknown: () => UNREADABLE,
  literal,
  enum: ([values], at) => needed(valuesOf(at, values)),
  nativeEnum: ([values], at) => needed(valuesOf(at, values)),
  object: object(),
  strictObject: object({ additionalProperties: false }),
  looseObject: object(),
  interface: object(),
  record,
  partialRecord: record,
  tuple,
  array,
  set: array,
  union,
  discriminatedUnion: union,
  xor: union,
  intersection: ([left, right], at) => needed(both(at.read(left), at.read(right))),
  optional: ([inner], at) => ({ schema: at.read(inner)?.schema ?? {}, optional: true }),
  nullable: ([inner], at) => needed(orNull(at.read(inner)?.schema ?? {})),
  nullish: ([inner], at) => ({ schema: orNull(at.read(inner)?.schema ?? {}), optional: true }),
  lazy,
}

export const COERCED: Readonly<Record<string, Maker>> = {
  date: text({ format: 'date-time' }),
  // Anything at all becomes a text or a truth.
  boolean: () => UNREADABLE,
}

import { optionsOf, type Value } from '../code/code.ts'
import { jsonOf } from '../routing/json-of.ts'
import type { Link } from './chain.ts'
import {
  anyOf,
  bound,
  escaped,
  isSchema,
  objectOf,
  orNull,
  patternOf,
  propertiesOf,
  type Read,
  type Reading,
  type Schema,
  textIn,
  textsIn,
  typeOf,
  UNREADABLE,
  withProperties,
} from './schema.ts'

type Args = readonly Value[]
/** `open`: what comes from here on is asked of something else than the input */
type State = Read & { open?: boolean }
type Maker = (args: Args, at: Reading) => Read | null
type Step = (state: State, args: Args, at: Reading) => State

const needed = (schema: Schema): Read => ({ schema, optional: false })
const plain = (schema: Schema) => (): Read => needed(schema)

const FORMATS: Readonly<Record<string, Schema>> = {
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

const both = (left: Read | null, right: Read | null): Schema => {
  const parts = [left, right].flatMap((each) =>
    each === null || Object.keys(each.schema).length === 0 ? [] : [each.schema],
  )
  const [only] = parts
  return only === undefined ? {} : parts.length === 1 ? only : { allOf: parts }
}

const text = (args: Schema = {}) => plain({ type: 'string', ...args })
const whole = { type: 'integer' }

const MAKERS: Readonly<Record<string, Maker>> = {
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

const COERCED: Readonly<Record<string, Maker>> = {
  date: text({ format: 'date-time' }),
  // Anything at all becomes a text or a truth.
  boolean: () => UNREADABLE,
}

const add =
  (schema: Schema): Step =>
  (state) => ({ ...state, schema: { ...state.schema, ...schema } })

const limit =
  (which: 'min' | 'max'): Step =>
  (state, [value]) => ({ ...state, schema: bound(state.schema, which, value) })

const above =
  (name: string): Step =>
  (state, [value]) =>
    value?.kind === 'constant' && typeof value.value === 'number'
      ? { ...state, schema: { ...state.schema, [name]: value.value } }
      : state

const matching =
  (write: (text: string) => string): Step =>
  (state, [value]) => {
    const part = textIn(value)
    return part === null || state.schema.pattern !== undefined
      ? state
      : { ...state, schema: { ...state.schema, pattern: write(escaped(part)) } }
  }

const keysOf = (value: Value | undefined): string[] | null =>
  value?.kind === 'dictionary' ? [...value.fields.keys()].filter((key) => !key.startsWith('\u0000')) : null

const ofObject =
  (change: (properties: Map<string, Read>, args: Args, at: Reading) => Map<string, Read>): Step =>
  (state, args, at) =>
    typeOf(state.schema) === 'object'
      ? { ...state, schema: withProperties(state.schema, change(propertiesOf(state.schema), args, at)) }
      : state

const filtered = (keep: boolean): Step =>
  ofObject((properties, [mask]) => {
    const keys = keysOf(mask)
    return keys === null
      ? properties
      : new Map([...properties].filter(([name]) => keys.includes(name) === keep))
  })

const made = (optional: boolean): Step =>
  ofObject((properties, [mask]) => {
    const keys = keysOf(mask)
    return new Map(
      [...properties].map(([name, each]) => [
        name,
        keys === null || keys.includes(name) ? { ...each, optional } : each,
      ]),
    )
  })

const extended: Step = ofObject((properties, [shape], at) => {
  const own = at.properties(shape) ?? new Map<string, Read>()
  return new Map([...properties, ...own])
})

const merged: Step = ofObject((properties, [other], at) => {
  const read = at.read(other)
  return new Map([...properties, ...(read === null ? [] : propertiesOf(read.schema))])
})

const described: Step = (state, [given], at) => {
  const description =
    textIn(given) ?? textIn(given === undefined ? undefined : at.world.get(given, 'description'))
  const example = given?.kind === 'dictionary' ? jsonOf(at.world, at.world.get(given, 'example')) : undefined
  return {
    ...state,
    schema: {
      ...state.schema,
      ...(description === null ? {} : { description }),
      ...(example === undefined ? {} : { examples: [example] }),
    },
  }
}

const defaulted: Step = (state, [given], at) => {
  const value = given === undefined || state.open === true ? undefined : jsonOf(at.world, given)
  return {
    ...state,
    optional: true,
    schema: value === undefined ? state.schema : { ...state.schema, default: value },
  }
}

const opened: Step = (state) => ({ ...state, open: true })

const STEPS: Readonly<Record<string, Step>> = {
  ...Object.fromEntries(Object.entries(FORMATS).map(([name, schema]) => [name, add(schema)])),
  min: limit('min'),
  max: limit('max'),
  gte: limit('min'),
  lte: limit('max'),
  length: (state, args, at) => limit('max')(limit('min')(state, args, at), args, at),
  nonempty: (state) => ({
    ...state,
    schema: { ...state.schema, [typeOf(state.schema) === 'array' ? 'minItems' : 'minLength']: 1 },
  }),
  gt: above('exclusiveMinimum'),
  lt: above('exclusiveMaximum'),
  multipleOf: above('multipleOf'),
  step: above('multipleOf'),
  int: add(whole),
  safe: add({}),
  positive: add({ exclusiveMinimum: 0 }),
  negative: add({ exclusiveMaximum: 0 }),
  nonnegative: add({ minimum: 0 }),
  nonpositive: add({ maximum: 0 }),
  regex: (state, [pattern]) => ({ ...state, schema: { ...state.schema, ...patternOf(pattern) } }),
  startsWith: matching((part) => `^${part}`),
  endsWith: matching((part) => `${part}$`),
  includes: matching((part) => part),
  optional: (state) => ({ ...state, optional: true }),
  exactOptional: (state) => ({ ...state, optional: true }),
  nullable: (state) => ({ ...state, schema: orNull(state.schema) }),
  nullish: (state) => ({ ...state, schema: orNull(state.schema), optional: true }),
  nonoptional: (state) => ({ ...state, optional: false }),
  default: defaulted,
  prefault: defaulted,
  catch: () => UNREADABLE,
  array: (state) => ({ ...state, optional: false, schema: { type: 'array', items: state.schema } }),
  or: (state, [other], at) => ({ ...state, schema: anyOf([state, at.read(other)]) }),
  and: (state, [other], at) => ({ ...state, schema: both(state, at.read(other)) }),
  extend: extended,
  safeExtend: extended,
  augment: extended,
  setKey: ofObject((properties, [name, inner], at) => {
    const key = textIn(name)
    return key === null ? properties : new Map([...properties, [key, at.read(inner) ?? UNREADABLE]])
  }),
  merge: merged,
  pick: filtered(true),
  omit: filtered(false),
  partial: made(true),
  deepPartial: made(true),
  required: made(false),
  strict: add({ additionalProperties: false }),
  catchall: (state, [other], at) => ({
    ...state,
    schema: { ...state.schema, additionalProperties: at.read(other)?.schema ?? {} },
  }),
  keyof: (state) => ({
    ...state,
    schema: { type: 'string', enum: [...propertiesOf(state.schema).keys()] },
  }),
  exclude: (state, args, at) => ({ ...state, schema: without(state.schema, textsIn(at.world, args)) }),
  describe: described,
  meta: described,
  openapi: described,
  transform: opened,
  pipe: opened,
  unwrap: (state) => ({ ...state, optional: false }),
}

const without = (schema: Schema, names: readonly string[]): Schema =>
  Array.isArray(schema.enum)
    ? { ...schema, enum: schema.enum.filter((one) => typeof one !== 'string' || !names.includes(one)) }
    : schema

/** After a transform only these still speak of the input. */
const STAYING = new Set(['optional', 'nullable', 'nullish', 'default', 'array', 'or', 'describe'])

const start = ({ names, args }: Link, at: Reading): Read | null => {
  const words = names.filter((name) => !name.startsWith('/') && !['z', 'default'].includes(name))
  const [first = '', second] = words
  if (args === null) return null
  if (first === 'iso') return needed({ type: 'string', ...FORMATS[second ?? ''] })
  if (first === 'coerce') {
    const maker = COERCED[second ?? ''] ?? MAKERS[second ?? '']
    return maker?.(args, at) ?? UNREADABLE
  }
  return Object.hasOwn(MAKERS, first) ? (MAKERS[first]?.(args, at) ?? null) : UNREADABLE
}

/** `.shape.email`, `.element`, `.options`: what the chain ends in without a call. */
const inside = (state: State, names: readonly string[]): Read | null => {
  const [first, second] = names
  if (first === 'shape')
    return second === undefined ? state : (propertiesOf(state.schema).get(second) ?? null)
  if (first === 'element') return isSchema(state.schema.items) ? needed(state.schema.items) : null
  return first === 'options' || first === 'enum' || first === '_def' ? state : null
}

/** A chain of zod (3 and 4), as what it takes in. Refinements, and what cannot be read, are left out. */
export const readZod = (links: readonly Link[], at: Reading): Read | null => {
  const [first, ...rest] = links
  let state: State | null = first === undefined ? null : start(first, at)
  for (const { names, args } of rest) {
    if (state === null) return null
    if (args === null) {
      state = inside(state, names)
      continue
    }
    const [name = ''] = names.slice(-1)
    const before = names.length > 1 ? inside(state, names.slice(0, -1)) : state
    if (before === null) return null
    const step: Step | undefined = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined
    const current: State = before
    state =
      step === undefined || (current.open === true && !STAYING.has(name)) ? current : step(current, args, at)
  }
  return state
}

/** What a class made by `createZodDto(schema)` stands for; null when it is none. */
export const zodOfClass = (value: Value, depth = 0): Value | null => {
  const [first] = optionsOf(value)
  if (first === undefined || depth > 8) return null
  if (first.kind === 'external' && first.path.includes('createZodDto')) return first.args[0] ?? null
  return first.kind === 'class' && first.parent !== null ? zodOfClass(first.parent, depth + 1) : null
}

import type { Json } from '../../../base/json/json.ts'
import type { Value } from '../code/code.ts'
import { jsonOf } from '../routing/json-of.ts'
import type { Link } from './chain.ts'
import {
  anyOf,
  bound,
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
/** `allowed`: values that are taken whatever the rest says */
type State = Read & { allowed: Json[] }
type Step = (state: State, args: Args, at: Reading) => State

const of = (schema: Schema): State => ({ schema, optional: true, allowed: [] })

const valuesOf = (at: Reading, args: Args): Json[] | null => {
  const given = args.flatMap((arg) => at.world.items(arg) ?? [arg])
  const open = args.some((arg) => arg.kind === 'list' && arg.open)
  const known = given.map((each) => jsonOf(at.world, each)).filter((each) => each !== undefined)
  return open || known.length < given.length ? null : known
}

const keys = (at: Reading, value: Value | undefined) => at.properties(value, (inner) => compile(inner, at))

const object = (args: Args, at: Reading): State => {
  const [given] = args
  if (given === undefined) return of({ type: 'object' })
  const properties = keys(at, given)
  return of(properties === null ? { type: 'object' } : objectOf(properties))
}

const alternatives = (args: Args, at: Reading): Schema =>
  anyOf(args.flatMap((arg) => at.world.items(arg) ?? [arg]).map((each) => compile(each, at)))

const MAKERS: Readonly<Record<string, (args: Args, at: Reading) => State>> = {
  any: () => of({}),
  string: () => of({ type: 'string' }),
  number: () => of({ type: 'number' }),
  boolean: () => of({ type: 'boolean' }),
  bool: () => of({ type: 'boolean' }),
  date: () => of({ type: 'string', format: 'date-time' }),
  array: () => of({ type: 'array' }),
  object,
  compile: (args, at) => ({ ...of({}), ...(args[0] === undefined ? null : compile(args[0], at)) }),
  alternatives: (args, at) => of(args.length === 0 ? {} : alternatives(args, at)),
  alt: (args, at) => of(args.length === 0 ? {} : alternatives(args, at)),
  valid: (args, at) => {
    const values = valuesOf(at, args)
    return of(values === null ? {} : { enum: values })
  },
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

const only: Step = (state, args, at) => {
  const values = valuesOf(at, args)
  if (values === null || values.length === 0) return state
  const before = Array.isArray(state.schema.enum) ? state.schema.enum : []
  return { ...state, schema: { ...state.schema, enum: [...before, ...values] } }
}

const items: Step = (state, args, at) => {
  const schema = args.length === 0 ? {} : alternatives(args, at)
  return Object.keys(schema).length === 0 ? state : { ...state, schema: { ...state.schema, items: schema } }
}

const extended: Step = (state, [given], at) => {
  const more = keys(at, given)
  if (more === null) return state
  return {
    ...state,
    schema: withProperties(
      { type: 'object', ...state.schema },
      new Map([...propertiesOf(state.schema), ...more]),
    ),
  }
}

const marked =
  (optional: boolean): Step =>
  (state, args, at) => {
    const names = textsIn(at.world, args)
    const properties = [...propertiesOf(state.schema)].map(([name, each]): [string, Read] => [
      name,
      names.length === 0 || names.includes(name) ? { ...each, optional } : each,
    ])
    return { ...state, schema: withProperties(state.schema, new Map(properties)) }
  }

const STEPS: Readonly<Record<string, Step>> = {
  min: limit('min'),
  max: limit('max'),
  length: (state, args, at) => limit('max')(limit('min')(state, args, at), args, at),
  greater: above('exclusiveMinimum'),
  less: above('exclusiveMaximum'),
  multiple: above('multipleOf'),
  positive: add({ exclusiveMinimum: 0 }),
  negative: add({ exclusiveMaximum: 0 }),
  integer: add({ type: 'integer' }),
  port: add({ type: 'integer', minimum: 0, maximum: 65535 }),
  email: add({ format: 'email' }),
  uri: add({ format: 'uri' }),
  guid: add({ format: 'uuid' }),
  uuid: add({ format: 'uuid' }),
  isoDate: add({ format: 'date-time' }),
  iso: add({ format: 'date-time' }),
  hostname: add({ format: 'hostname' }),
  alphanum: add({ pattern: '^[a-zA-Z0-9]+$' }),
  token: add({ pattern: '^\\w+$' }),
  hex: add({ pattern: '^[a-fA-F0-9]+$' }),
  pattern: (state, [pattern]) => ({ ...state, schema: { ...state.schema, ...patternOf(pattern) } }),
  regex: (state, [pattern]) => ({ ...state, schema: { ...state.schema, ...patternOf(pattern) } }),
  unique: add({ uniqueItems: true }),
  items,
  keys: extended,
  append: extended,
  concat: (state, [other], at) => {
    const read = other === undefined ? null : compile(other, at)
    if (read === null) return state
    if (typeOf(read.schema) !== 'object') return { ...state, schema: { ...state.schema, ...read.schema } }
    const all = new Map([...propertiesOf(state.schema), ...propertiesOf(read.schema)])
    return { ...state, schema: withProperties({ ...state.schema, ...read.schema }, all) }
  },
  valid: only,
  equal: only,
  only: (state, args, at) => (args.length === 0 ? state : only(state, args, at)),
  allow: (state, args, at) => ({ ...state, allowed: [...state.allowed, ...(valuesOf(at, args) ?? [])] }),
  empty: (state, args, at) => ({ ...state, allowed: [...state.allowed, ...(valuesOf(at, args) ?? [])] }),
  try: (state, args, at) => ({ ...state, schema: alternatives(args, at) }),
  required: (state) => ({ ...state, optional: false }),
  exist: (state) => ({ ...state, optional: false }),
  optional: (state) => ({ ...state, optional: true }),
  // Whether it must be there depends on another field.
  when: (state) => ({ ...state, optional: true }),
  requiredKeys: marked(false),
  optionalKeys: marked(true),
  fork: (state, [names], at) => (names === undefined ? state : marked(true)(state, [names], at)),
  default: (state, [given], at) => {
    const value = given === undefined ? undefined : jsonOf(at.world, given)
    return {
      ...state,
      optional: true,
      schema: value === undefined ? state.schema : { ...state.schema, default: value },
    }
  },
  description: (state, [given]) => {
    const text = textIn(given)
    return text === null ? state : { ...state, schema: { ...state.schema, description: text } }
  },
  example: (state, [given], at) => {
    const value = given === undefined ? undefined : jsonOf(at.world, given)
    return value === undefined ? state : { ...state, schema: { ...state.schema, examples: [value] } }
  },
}

/** With one of these, an empty text is refused anyway. */
const FILLED = ['minLength', 'enum', 'format', 'pattern']

/** An empty text is none to Joi, unless it is allowed; so is what may always be given. */
const finished = ({ schema, optional, allowed }: State): Read => {
  const open = allowed.includes('')
  const filled: Schema =
    schema.type === 'string' && !open && !FILLED.some((keyword) => keyword in schema)
      ? { ...schema, minLength: 1 }
      : schema
  if (Array.isArray(filled.enum))
    return {
      schema: {
        ...filled,
        enum: [...new Set([...filled.enum, ...allowed])],
        ...(allowed.includes(null) ? orNull({ type: filled.type ?? [] }) : {}),
      },
      optional,
    }
  const others = allowed.filter((one) => one !== null)
  const constrained = Object.keys(filled).some((key) => key !== 'type')
  const taken = others.every((one) => typeof one === typeOf(filled))
  const wide: Schema =
    others.length === 0 || Object.keys(filled).length === 0 || (taken && !constrained)
      ? filled
      : { anyOf: [filled, { enum: others }] }
  return { schema: allowed.includes(null) ? orNull(wide) : wide, optional }
}

/** What Joi makes of a schema of its own, an object of them, several of them, or a plain value. */
export const compile = (value: Value, at: Reading): Read | null => {
  if (value.kind === 'dictionary') {
    const properties = keys(at, value)
    return properties === null ? null : { schema: objectOf(properties), optional: true }
  }
  if (value.kind === 'list') return { schema: alternatives([value], at), optional: true }
  const plain = value.kind === 'constant' ? jsonOf(at.world, value) : undefined
  return plain === undefined ? at.read(value) : { schema: { const: plain }, optional: true }
}

/** A chain of Joi: everything may be missing unless it is required. */
export const readJoi = (links: readonly Link[], at: Reading): Read | null => {
  let state: State | null = null
  for (const { names, args } of links) {
    const [name = ''] = names.slice(-1)
    if (args === null) return null
    if (state === null) {
      const make = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined
      if (make !== undefined) state = make(args, at)
      else if (name !== 'extend' && name !== 'defaults') return UNREADABLE
      continue
    }
    const step: Step | undefined = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined
    if (step !== undefined) state = step(state, args, at)
  }
  return state === null ? null : finished(state)
}

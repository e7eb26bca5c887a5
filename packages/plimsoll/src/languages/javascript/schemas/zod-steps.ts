import type { Value } from '../code/code.ts'
import { jsonOf } from '../routing/json-of.ts'
import {
  anyOf,
  bound,
  escaped,
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
import { both, FORMATS, whole } from './zod-makers.ts'

type Args = readonly Value[]
/** `open`: what comes from here on is asked of something else than the input */
export type State = Read & { open?: boolean }
export type Step = (state: State, args: Args, at: Reading) => State

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

export const STEPS: Readonly<Record<string, Step>> = {
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
export const STAYING = new Set(['optional', 'nullable', 'nullish', 'default', 'array', 'or', 'describe'])

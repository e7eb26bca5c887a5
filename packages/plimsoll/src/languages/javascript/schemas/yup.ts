import type { Value } from '../code/code.ts'
import { jsonOf } from '../routing/json-of.ts'
import type { Link } from './chain.ts'
import {
  bound,
  objectOf,
  orNull,
  patternOf,
  propertiesOf,
  type Read,
  type Reading,
  type Schema,
  textsIn,
  typeOf,
  UNREADABLE,
  withProperties,
} from './schema.ts'

type Args = readonly Value[]
type Step = (state: Read, args: Args, at: Reading) => Read

const of = (schema: Schema): Read => ({ schema, optional: true })

const object = ([shape]: Args, at: Reading): Read => {
  const properties = at.properties(shape)
  return of(properties === null ? { type: 'object' } : objectOf(properties))
}

const MAKERS: Readonly<Record<string, (args: Args, at: Reading) => Read>> = {
  string: () => of({ type: 'string' }),
  number: () => of({ type: 'number' }),
  boolean: () => of({ type: 'boolean' }),
  bool: () => of({ type: 'boolean' }),
  date: () => of({ type: 'string', format: 'date-time' }),
  mixed: () => of({}),
  array: ([inner], at) => {
    const items = at.read(inner)
    return of({ type: 'array', ...(items === null ? {} : { items: items.schema }) })
  },
  object,
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

const chosen =
  (keep: boolean): Step =>
  (state, args, at) => {
    const names = textsIn(at.world, args)
    const kept = [...propertiesOf(state.schema)].filter(([name]) => names.includes(name) === keep)
    return { ...state, schema: withProperties(state.schema, new Map(kept)) }
  }

/** With one of these, an empty text is refused anyway. */
const FILLED = ['minLength', 'enum', 'format', 'pattern']

const STEPS: Readonly<Record<string, Step>> = {
  min: limit('min'),
  max: limit('max'),
  length: (state, args, at) => limit('max')(limit('min')(state, args, at), args, at),
  moreThan: above('exclusiveMinimum'),
  lessThan: above('exclusiveMaximum'),
  positive: add({ exclusiveMinimum: 0 }),
  negative: add({ exclusiveMaximum: 0 }),
  integer: add({ type: 'integer' }),
  email: add({ format: 'email' }),
  url: add({ format: 'uri' }),
  uuid: add({ format: 'uuid' }),
  datetime: add({ format: 'date-time' }),
  matches: (state, [pattern]) => ({ ...state, schema: { ...state.schema, ...patternOf(pattern) } }),
  oneOf: (state, [values], at) => {
    const known = values === undefined ? undefined : jsonOf(at.world, values)
    return Array.isArray(known) && known.length > 0
      ? { ...state, schema: { ...state.schema, enum: known } }
      : state
  },
  of: (state, [inner], at) => {
    const items = at.read(inner)
    return items === null ? state : { ...state, schema: { ...state.schema, items: items.schema } }
  },
  shape: (state, [shape], at) => {
    const more = at.properties(shape)
    return more === null
      ? state
      : {
          ...state,
          schema: withProperties(
            { ...state.schema, type: 'object' },
            new Map([...propertiesOf(state.schema), ...more]),
          ),
        }
  },
  concat: (state, [other], at) => {
    const read = at.read(other)
    if (read === null || typeOf(read.schema) !== 'object') return state
    const all = new Map([...propertiesOf(state.schema), ...propertiesOf(read.schema)])
    return { ...state, schema: withProperties(state.schema, all) }
  },
  pick: chosen(true),
  omit: chosen(false),
  partial: (state) => ({
    ...state,
    schema: withProperties(
      state.schema,
      new Map([...propertiesOf(state.schema)].map(([name, each]) => [name, { ...each, optional: true }])),
    ),
  }),
  // A required text may not be empty either.
  required: (state) => ({
    optional: false,
    schema:
      typeOf(state.schema) === 'string' && !FILLED.some((keyword) => keyword in state.schema)
        ? { ...state.schema, minLength: 1 }
        : state.schema,
  }),
  defined: (state) => ({ ...state, optional: false }),
  notRequired: (state) => ({ ...state, optional: true }),
  optional: (state) => ({ ...state, optional: true }),
  nullable: (state) => ({ ...state, schema: orNull(state.schema) }),
  // Whether it must be there depends on another field.
  when: () => UNREADABLE,
  default: (state, [given], at) => {
    const value = given === undefined ? undefined : jsonOf(at.world, given)
    return {
      optional: true,
      schema: value === undefined ? state.schema : { ...state.schema, default: value },
    }
  },
}

/** A chain of yup: everything may be missing unless it is required. */
export const readYup = (links: readonly Link[], at: Reading): Read | null => {
  let state: Read | null = null
  for (const { names, args } of links) {
    const [name = ''] = names.slice(-1)
    if (args === null) return name === 'fields' ? state : null
    if (state === null) {
      const make = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined
      if (make === undefined) return UNREADABLE
      state = make(args, at)
      continue
    }
    const step: Step | undefined = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined
    if (step !== undefined) state = step(state, args, at)
  }
  return state
}

import type { Machine } from '../machine.ts'
import {
  type Call,
  constant,
  type Dictionary,
  dictionary,
  type Host,
  host,
  list,
  native,
  textOf,
  UNDEFINED,
  type Value,
} from '../value.ts'

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null', 'mixed']
/** Where the plain schema of such an object is kept. */
const SCHEMA = '\u0000schema'
const NOT_SCHEMA = new Set([
  'valueOf',
  'isFluentSchema',
  'raw',
  'only',
  'without',
  'extend',
  'then',
  'toString',
])

/** The JSON Schema that a value made with a schema builder stands for; otherwise the value itself. */
export const schemaIn = (value: Value): Value =>
  value.kind === 'host' ? (value.fields.get(SCHEMA) ?? value) : value

/** A property of a keyword that holds schemas by name. */
const putInto = (schema: Dictionary, key: string, name: string, value: Value) => {
  const found = schema.fields.get(key)
  const before = found?.kind === 'dictionary' ? [...found.fields] : []
  schema.fields.set(key, dictionary([...before, [name, value]]))
}

const require = (schema: Dictionary, name: string) => {
  const before = schema.fields.get('required')
  const names = before?.kind === 'list' ? before.items : []
  schema.fields.set('required', list([...names, constant(name)]))
}

type State = { last: string | null; required: boolean }

const add = (schema: Dictionary, state: State, key: string, { args }: Call) => {
  const [first = UNDEFINED, second = UNDEFINED] = args
  if (key === 'required') {
    if (state.last !== null) require(schema, state.last)
    else state.required = true
  } else if (key === 'prop') {
    const name = textOf(first)
    if (name === null) return
    state.last = name
    putInto(schema, 'properties', name, second === UNDEFINED ? dictionary() : schemaIn(second))
    if (second.kind === 'host' && built.get(second)?.required === true) require(schema, name)
  } else if (key === 'definition') {
    const name = textOf(first)
    if (name !== null) putInto(schema, 'definitions', name, schemaIn(second))
  } else if (first.kind === 'list') {
    schema.fields.set(key, { ...first, items: first.items.map(schemaIn) })
  } else if (first !== UNDEFINED) schema.fields.set(key === 'id' ? '$id' : key, schemaIn(first))
}

/** A schema as built so far: each member gives another one; `required` speaks of the last property, or of itself. */
const builder = (schema: Dictionary, state: State): Host => {
  const made: Host = host('fluent-json-schema', {
    get: (key) => {
      if (key === 'valueOf') return native('valueOf', () => schema)
      if (NOT_SCHEMA.has(key)) return null
      return native(key, (call) => {
        const next = dictionary(schema.fields)
        const now = { ...state }
        if (TYPES.includes(key)) next.fields.set('type', constant(key))
        else add(next, now, key, call)
        return builder(next, now)
      })
    },
  })
  made.fields.set(SCHEMA, schema)
  built.set(made, state)
  return made
}

const built = new WeakMap<Host, State>()

/** `fluent-json-schema`, which writes JSON Schemas as chains of calls. */
export const fluentSchema = (machine: Machine): Value => {
  const S: Host = host('fluent-json-schema', {
    get: (key, self) => {
      if (key === 'default' || key === 'S') return self
      if (key === 'FORMATS')
        return host('FORMATS', {
          get: (name) => constant(name.toLowerCase().replaceAll('_', '-')),
        })
      if (key === 'raw') return native('raw', ({ args: [given] }) => given ?? dictionary())
      return native(key, (call) => {
        const made = builder(dictionary(), { last: null, required: false })
        return machine.call(machine.get(made, key), call.args, { node: call.node })
      })
    },
  })
  return S
}

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

const within = (schema: Dictionary, key: string): Dictionary => {
  const found = schema.fields.get(key)
  if (found?.kind === 'dictionary') return found
  const made = dictionary()
  schema.fields.set(key, made)
  return made
}

const require = (schema: Dictionary, name: string) => {
  const before = schema.fields.get('required')
  const names = before?.kind === 'list' ? before.items : []
  schema.fields.set('required', list([...names, constant(name)]))
}

/** A schema being built: each member adds its keyword; `required` speaks of the last property, or of itself. */
const builder = (schema: Dictionary): Host => {
  const state: { last: string | null; required: boolean } = { last: null, required: false }
  const add = (key: string, { args }: Call) => {
    const [first = UNDEFINED, second = UNDEFINED] = args
    if (key === 'required') {
      if (state.last !== null) require(schema, state.last)
      else state.required = true
    } else if (key === 'prop') {
      const name = textOf(first)
      if (name === null) return
      state.last = name
      within(schema, 'properties').fields.set(name, second === UNDEFINED ? dictionary() : schemaIn(second))
      if (second.kind === 'host' && built.get(second)?.required === true) require(schema, name)
    } else if (key === 'definition') {
      const name = textOf(first)
      if (name !== null) within(schema, 'definitions').fields.set(name, schemaIn(second))
    } else if (first.kind === 'list') {
      schema.fields.set(key, { ...first, items: first.items.map(schemaIn) })
    } else if (first !== UNDEFINED) schema.fields.set(key === 'id' ? '$id' : key, schemaIn(first))
  }
  const made: Host = host('fluent-json-schema', {
    get: (key, self) => {
      if (key === 'valueOf') return native('valueOf', () => schema)
      if (NOT_SCHEMA.has(key)) return null
      return native(key, (call) => {
        if (TYPES.includes(key)) schema.fields.set('type', constant(key))
        else add(key, call)
        return self
      })
    },
  })
  made.fields.set(SCHEMA, schema)
  built.set(made, state)
  return made
}

const built = new WeakMap<Host, { required: boolean }>()

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
        const made = builder(dictionary())
        return machine.call(machine.get(made, key), call.args, { node: call.node })
      })
    },
  })
  return S
}

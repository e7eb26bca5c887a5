import type { Json } from '../../../base/json/json.ts'
import { schemaIn } from '../code/builtins/fluent-schema.ts'
import type { Dictionary, Value, World } from '../code/code.ts'
import { jsonOf } from '../routing/json-of.ts'
import {
  isConstant,
  isSchema,
  orNull,
  type Read,
  type Reading,
  type Schema,
  textIn,
  textsIn,
} from './schema.ts'

const SCHEMAS = new Set([
  'items',
  'additionalProperties',
  'additionalItems',
  'unevaluatedProperties',
  'contains',
  'propertyNames',
])
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas'])
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
/** Read where something refers to them, or no part of a schema. */
const DROPPED = new Set(['$id', '$schema', '$defs', 'definitions', 'nullable', 'errorMessage', 'example'])
/** What they rule out cannot be weakened. */
const EXACT = new Set(['not', 'if', 'then', 'else'])
const PLAIN = new Set([
  'type',
  'enum',
  'const',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'default',
  'description',
  'title',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
])

const KNOWN = new Set([...SCHEMAS, ...MAPS, ...LISTS, ...EXACT, ...PLAIN, 'required', '$ref', '$id'])

/** true for an object's literal that is a JSON Schema, and not, say, a list of fields by name */
export const isPlain = (world: World, value: Dictionary): boolean => {
  const names = [...value.fields.keys()].filter((name) => KNOWN.has(name))
  if (names.length === 0) return false
  const type = value.fields.get('type')
  if (type !== undefined) return textIn(type) !== null || type.kind === 'list'
  return names.some((name) => {
    const given = value.fields.get(name)
    if (LISTS.has(name) || name === 'enum') return given !== undefined && world.items(given) !== null
    if (name === 'properties') return given?.kind === 'dictionary'
    return name === '$ref' && textIn(given) !== null
  })
}

/** `#/definitions/Order` in the literal it stands in, `order#/properties/id` in what was registered as `order`. */
const follow = (at: Reading, root: Value, ref: string): Schema => {
  const [id = '', pointer = ''] = ref.split('#', 2)
  const start = id === '' ? root : schemaIn(at.shared(id.replace(/\/$/, '')) ?? { kind: 'unknown', why: id })
  const parts = pointer.split('/').filter((part) => part !== '')
  const target = parts.reduce((value, part) => schemaIn(at.world.get(value, part)), start)
  if (target.kind !== 'dictionary' && target.kind !== 'external') return {}
  const read = () => (target.kind === 'dictionary' ? readPlain(at, target, start) : at.read(target))
  return at.refer(target, parts.at(-1) ?? id, read)
}

const schemaOf = (at: Reading, value: Value, root: Value): Json => {
  const plain = schemaIn(value)
  if (plain.kind === 'constant' && typeof plain.value === 'boolean') return plain.value
  return (plain.kind === 'dictionary' ? readPlain(at, plain, root) : at.read(plain))?.schema ?? {}
}

const keyword = (at: Reading, name: string, value: Value, root: Value): Json | undefined => {
  const { world } = at
  if (LISTS.has(name) || (name === 'items' && value.kind === 'list')) {
    const items = world.items(value)
    return items === null || (value.kind === 'list' && value.open)
      ? undefined
      : items.map((item) => schemaOf(at, item, root))
  }
  if (SCHEMAS.has(name)) return schemaOf(at, value, root)
  if (MAPS.has(name)) {
    const properties = at.properties(value, (inner) => {
      const schema = schemaOf(at, inner, root)
      return { schema: isSchema(schema) ? schema : {}, optional: true }
    })
    return properties === null
      ? undefined
      : Object.fromEntries([...properties].map(([key, { schema }]) => [key, schema]))
  }
  if (name === 'required') return value.kind === 'list' ? [...new Set(textsIn(world, [value]))] : undefined
  return PLAIN.has(name) || EXACT.has(name) ? jsonOf(world, value) : undefined
}

/** Drafts before 2020-12, and OpenAPI 3.0, in today's words. */
const modernised = (schema: Schema): Schema => {
  const { items, additionalItems, exclusiveMinimum, exclusiveMaximum, ...rest } = schema
  const limits = (exclusive: Json | undefined, plain: 'minimum' | 'maximum', name: string): Schema => {
    if (exclusive === true && rest[plain] !== undefined) {
      const { [plain]: limit = 0 } = rest
      delete rest[plain]
      return { [name]: limit }
    }
    return typeof exclusive === 'number' ? { [name]: exclusive } : {}
  }
  const tuple = Array.isArray(items)
  const rows: Schema = tuple
    ? { prefixItems: items, ...(additionalItems === undefined ? {} : { items: additionalItems }) }
    : items === undefined
      ? {}
      : { items }
  const low = limits(exclusiveMinimum, 'minimum', 'exclusiveMinimum')
  const high = limits(exclusiveMaximum, 'maximum', 'exclusiveMaximum')
  return { ...rest, ...low, ...high, ...rows }
}

/** A JSON Schema written as a literal; keywords that cannot be read are left out. */
export const readPlain = (at: Reading, value: Dictionary, root: Value = value): Read => {
  const ref = textIn(value.fields.get('$ref'))
  if (ref !== null) return { schema: follow(at, root, ref), optional: false }
  const schema: Schema = {}
  for (const [name, inner] of value.fields) {
    if (DROPPED.has(name) || !KNOWN.has(name)) continue
    const read = keyword(at, name, inner, root)
    if (read !== undefined) schema[name] = read
  }
  const example = value.fields.get('example')
  const shown = example === undefined ? undefined : jsonOf(at.world, example)
  if (shown !== undefined && schema.examples === undefined) schema.examples = [shown]
  const modern = modernised(schema)
  return { schema: isConstant(value.fields.get('nullable'), true) ? orNull(modern) : modern, optional: false }
}

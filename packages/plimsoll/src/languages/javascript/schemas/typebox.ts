import type { Value } from '../code/code.ts'
import { jsonOf } from '../routing/json-of.ts'
import type { Link } from './chain.ts'
import { readPlain } from './plain.ts'
import {
  anyOf,
  isSchema,
  objectOf,
  propertiesOf,
  type Read,
  type Reading,
  type Schema,
  textIn,
  textsIn,
  UNREADABLE,
  withProperties,
} from './schema.ts'

type Args = readonly Value[]
type Maker = (args: Args, at: Reading) => Read | null

const needed = (schema: Schema): Read => ({ schema, optional: false })

/** Options are keywords of JSON Schema. */
const options = (at: Reading, value: Value | undefined): Schema =>
  value?.kind === 'dictionary' ? readPlain(at, value).schema : {}

const scalar =
  (schema: Schema): Maker =>
  ([given], at) =>
    needed({ ...schema, ...options(at, given) })

const object: Maker = ([shape, given], at) => {
  const properties = at.properties(shape)
  return needed({
    ...(properties === null ? { type: 'object' } : objectOf(properties)),
    ...options(at, given),
  })
}

const merged = (at: Reading, list: Value | undefined): Schema => {
  const reads = (list === undefined ? null : at.world.items(list))?.map((item) => at.read(item)) ?? []
  return objectOf(new Map(reads.flatMap((each) => (each === null ? [] : [...propertiesOf(each.schema)]))))
}

const chosen =
  (keep: boolean): Maker =>
  ([inner, names], at) => {
    const read = at.read(inner)
    const wanted = names === undefined ? null : keyNames(at, names)
    if (read === null || wanted === null) return UNREADABLE
    const kept = [...propertiesOf(read.schema)].filter(([name]) => wanted.includes(name) === keep)
    return needed(withProperties(read.schema, new Map(kept)))
  }

const keyNames = (at: Reading, value: Value): string[] | null => {
  const read = value.kind === 'external' ? at.read(value) : null
  if (read === null) return textsIn(at.world, [value])
  const values = read.schema.enum ?? (read.schema.const === undefined ? null : [read.schema.const])
  return Array.isArray(values) ? values.map(String) : null
}

const every =
  (optional: boolean): Maker =>
  ([inner], at) => {
    const read = at.read(inner)
    if (read === null) return UNREADABLE
    const all = [...propertiesOf(read.schema)].map(([name, each]): [string, Read] => [
      name,
      { ...each, optional },
    ])
    return needed(withProperties(read.schema, new Map(all)))
  }

const MAKERS: Readonly<Record<string, Maker>> = {
  Object: object,
  String: scalar({ type: 'string' }),
  Number: scalar({ type: 'number' }),
  Integer: scalar({ type: 'integer' }),
  Boolean: scalar({ type: 'boolean' }),
  Null: scalar({ type: 'null' }),
  Any: scalar({}),
  Unknown: scalar({}),
  Unsafe: scalar({}),
  Literal: ([given, more], at) => {
    const value = given === undefined ? undefined : jsonOf(at.world, given)
    return value === undefined ? UNREADABLE : needed({ const: value, ...options(at, more) })
  },
  Enum: ([given, more], at) => {
    const fields = given === undefined ? null : at.world.fields(given)
    const values = [...(fields?.values() ?? [])].map((each) => jsonOf(at.world, each))
    const known = values.filter((each) => each !== undefined)
    return known.length === 0 || known.length < values.length
      ? UNREADABLE
      : needed({ enum: known, ...options(at, more) })
  },
  Array: ([inner, given], at) => {
    const items = at.read(inner)
    return needed({
      type: 'array',
      ...(items === null ? {} : { items: items.schema }),
      ...options(at, given),
    })
  },
  Tuple: ([list, given], at) => {
    const items = list === undefined ? null : at.world.items(list)
    if (items === null) return needed({ type: 'array' })
    const length = { minItems: items.length, maxItems: items.length }
    return needed({
      type: 'array',
      prefixItems: items.map((item) => at.read(item)?.schema ?? {}),
      ...length,
      ...options(at, given),
    })
  },
  Record: ([, inner, given], at) => {
    const values = at.read(inner)
    const all: Schema = values === null ? {} : { additionalProperties: values.schema }
    return needed({ type: 'object', ...all, ...options(at, given) })
  },
  Union: ([list, given], at) => {
    const items = list === undefined ? null : at.world.items(list)
    if (items === null) return UNREADABLE
    return needed({ ...anyOf(items.map((item) => at.read(item))), ...options(at, given) })
  },
  Intersect: ([list, given], at) => needed({ ...merged(at, list), ...options(at, given) }),
  Composite: ([list, given], at) => needed({ ...merged(at, list), ...options(at, given) }),
  Optional: ([inner], at) => ({ schema: at.read(inner)?.schema ?? {}, optional: true }),
  Readonly: ([inner], at) => at.read(inner),
  Partial: every(true),
  Required: every(false),
  Pick: chosen(true),
  Omit: chosen(false),
  KeyOf: ([inner], at) => {
    const read = at.read(inner)
    return read === null || !isSchema(read.schema.properties)
      ? UNREADABLE
      : needed({ enum: Object.keys(read.schema.properties) })
  },
  Ref: ([given, more], at) => {
    const id = textIn(given)
    const target = id === null ? given : at.shared(id)
    if (target === undefined || target === null) return UNREADABLE
    return id === null
      ? needed({ ...at.read(target)?.schema, ...options(at, more) })
      : needed(at.refer(target, id))
  },
}

/** A type of TypeBox, which is a JSON Schema already. */
export const readTypebox = (links: readonly Link[], at: Reading): Read | null => {
  const [first] = links
  const [name = ''] = first?.names.slice(-1) ?? []
  if (first === undefined || first.args === null || links.length > 1) return null
  return Object.hasOwn(MAKERS, name) ? (MAKERS[name]?.(first.args, at) ?? null) : UNREADABLE
}

import type { RouteSchemas } from '../../../model/system.ts'
import { optionsOf, type Value, type World } from '../code/code.ts'
import { isSchemaValue, readFields, readSchema, type SchemaSources } from '../schemas/read-schema.ts'
import type { Schema } from '../schemas/schema.ts'
import { checksOf, type Reader } from './checks.ts'
import { addChecked, type Checked, joined, PARTS } from './parts.ts'
import type { Style } from './reads.ts'
import type { Declared } from './route-tree.ts'

export const createReader = (world: World, sources: SchemaSources): Reader => ({
  schema: (value) => readSchema(world, value, sources),
  isSchema: (value) => isSchemaValue(world, value),
  chain: (value) => addChecked(...readFields(world, value).map(({ part, schema }) => ({ [part]: [schema] }))),
})

/** A field's schema by its name, as old Fastify took them: `querystring: { page: { type: 'integer' } }`. */
const byName = (world: World, value: Value, read: (value: Value) => Schema | null): Schema | null => {
  if (value.kind !== 'dictionary' || value.fields.size === 0 || isSchemaValue(world, value)) return null
  const fields = [...value.fields].map(([name, inner]) => [name, read(inner)] as const)
  const known = fields.flatMap(([name, schema]) => (schema === null ? [] : [[name, schema] as const]))
  return known.length < fields.length ? null : { type: 'object', properties: Object.fromEntries(known) }
}

const checkedBy = (world: World, { parts }: Declared, read: (value: Value) => Schema | null): Checked =>
  addChecked(
    ...PARTS.map((part): Checked => {
      const given = parts[part]
      const schema = given === undefined ? null : (read(given) ?? byName(world, given, read))
      return schema === null ? {} : { [part]: [schema] }
    }),
  )

/** `200: schema`, or `200: { content: { 'application/json': { schema } } }`. */
const responseOf = (world: World, value: Value, read: (value: Value) => Schema | null): Schema | null => {
  const content = value.kind === 'dictionary' ? value.fields.get('content') : undefined
  if (content?.kind !== 'dictionary') return read(value)
  const media = content.fields.get('application/json') ?? [...content.fields.values()][0]
  return media === undefined ? null : read(world.get(media, 'schema'))
}

export const schemasFrom = (
  checked: Checked,
  responses: Readonly<Record<string, Schema>>,
): RouteSchemas | undefined => {
  const parts = PARTS.flatMap((part) => {
    const schema = joined(checked[part] ?? [])
    return schema === undefined ? [] : [[part, schema] as const]
  })
  const answers = Object.keys(responses).length === 0 ? {} : { responses }
  return parts.length === 0 && Object.keys(answers).length === 0
    ? undefined
    : { ...Object.fromEntries(parts), ...answers }
}

/** Reads the schemas of routes: what stands beside them, then what their middleware and handlers check. */
export const createSchemaReader = (world: World, style: Style, shared: ReadonlyMap<string, Value>) => {
  const reader = createReader(world, { shared })
  const known = new Map<Value, Checked>()

  const checkedIn = (value: Value): Checked => {
    const found = known.get(value) ?? checksOf(world, value, style, reader)
    known.set(value, found)
    return found
  }

  return (declared: Declared | undefined, values: readonly Value[]): RouteSchemas | undefined => {
    const own = declared === undefined ? {} : checkedBy(world, declared, reader.schema)
    const responses = [...(declared?.responses ?? [])].flatMap(([status, value]) => {
      const [only] = optionsOf(value)
      const schema = only === undefined ? null : responseOf(world, only, reader.schema)
      return schema === null ? [] : [[status.toUpperCase(), schema] as const]
    })
    const checked = addChecked(own, ...values.map(checkedIn))
    return schemasFrom(checked, Object.fromEntries(responses))
  }
}

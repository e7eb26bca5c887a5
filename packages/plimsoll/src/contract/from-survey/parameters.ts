import type { Json } from '../../base/json/json.ts'
import type { Route } from '../../model/system.ts'
import type { Components } from './components.ts'
import { type Group, isGroup, schemaIn } from './json.ts'
import type { Address } from './paths.ts'

type Property = { schema: Json; required: boolean }

/** Properties of an object's schema, through what it refers to and what it is made of. */
const propertiesOf = (schema: Group | null, root: Group | null, depth = 0): Map<string, Property> => {
  const found = new Map<string, Property>()
  if (schema === null || depth > 5) return found
  const { $ref, allOf, properties, required } = schema
  const defs = root?.$defs
  if (typeof $ref === 'string' && isGroup(defs)) {
    const target = defs[$ref.replace(/^#\/\$defs\//, '')]
    if (isGroup(target)) return propertiesOf(target, root, depth + 1)
  }
  for (const part of Array.isArray(allOf) ? allOf : [])
    if (isGroup(part)) for (const [name, each] of propertiesOf(part, root, depth + 1)) found.set(name, each)
  const needed = Array.isArray(required) ? required : []
  for (const [name, inner] of Object.entries(isGroup(properties) ? properties : {}))
    found.set(name, { schema: inner, required: needed.includes(name) })
  return found
}

const TEXT: Group = { type: 'string' }

const hoisted = (property: Property | undefined, root: Group | null, components: Components): Group => {
  const schema = property?.schema
  if (!isGroup(schema) || Object.keys(schema).length === 0) return TEXT
  return components.hoist(isGroup(root?.$defs) ? { ...schema, $defs: root.$defs } : schema)
}

/** They are told by other parts of the document. */
const ELSEWHERE = new Set(['accept', 'content-type', 'authorization', 'cookie'])

const parameter = (name: string, where: string, required: boolean, schema: Group): Group => {
  const { description, ...rest } = schema
  const told: Group = typeof description === 'string' ? { description } : {}
  return { name, in: where, ...(required ? { required } : {}), ...told, schema: rest }
}

/** Parameters of one operation: of the path as typed as the source has it, of the query as it is checked or read. */
export const parametersOf = (
  route: Route,
  original: Address,
  shown: Address,
  components: Components,
): Group[] => {
  const { schemas, reads } = route
  const [params, query, headers] = [schemas?.params, schemas?.query, schemas?.headers].map(schemaIn)
  const typed = propertiesOf(params ?? null, params ?? null)
  const inPath = shown.parameters.map((name, index) =>
    parameter(
      name,
      'path',
      true,
      hoisted(typed.get(original.parameters[index] ?? name), params ?? null, components),
    ),
  )
  const asked = propertiesOf(query ?? null, query ?? null)
  const names = [...new Set([...asked.keys(), ...(reads?.query ?? [])])]
  const inQuery = names.map((name) =>
    parameter(
      name,
      'query',
      asked.get(name)?.required ?? false,
      hoisted(asked.get(name), query ?? null, components),
    ),
  )
  const carried = [...propertiesOf(headers ?? null, headers ?? null)].filter(
    ([name]) => !ELSEWHERE.has(name.toLowerCase()),
  )
  const inHeaders = carried.map(([name, each]) =>
    parameter(name, 'header', each.required, hoisted(each, headers ?? null, components)),
  )
  return [...inPath, ...inQuery, ...inHeaders]
}

import type { Api, JsonSchema } from '../../contract/api.ts'
import { operationOfRequest } from '../../contract/find-operation.ts'
import type { KnownRequest, Lab } from '../../lab/lab.ts'
import { kinOfPath } from '../../lab/speak/things.ts'
import { isThing, namesIn } from './body.ts'
import { plain } from './names.ts'

const DEPTH = 6

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const resolved = (schema: unknown, definitions: Api['definitions']): unknown => {
  if (!isThing(schema) || typeof schema.$ref !== 'string') return schema
  const [, name = ''] = /^#\/\$defs\/(.+)$/.exec(schema.$ref) ?? []
  return definitions[decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')]
}

/** Properties that a schema takes as input, however deep; what is only given out is none. */
const inputsOf = (raw: unknown, definitions: Api['definitions'], depth = 0): string[] => {
  const schema = resolved(raw, definitions)
  if (!isThing(schema) || depth > DEPTH) return []
  const own = isThing(schema.properties) ? Object.entries(schema.properties) : []
  return [
    ...own.flatMap(([name, inner]) => {
      const property = resolved(inner, definitions)
      if (isThing(property) && property.readOnly === true) return []
      return [name, ...inputsOf(property, definitions, depth + 1)]
    }),
    ...['allOf', 'oneOf', 'anyOf'].flatMap((word) =>
      listed(schema[word]).flatMap((part) => inputsOf(part, definitions, depth + 1)),
    ),
    ...(schema.items === undefined ? [] : inputsOf(schema.items, definitions, depth + 1)),
  ]
}

const enumOf = (raw: unknown, name: string, definitions: Api['definitions'], depth = 0): string[] => {
  const schema = resolved(raw, definitions)
  if (!isThing(schema) || depth > DEPTH) return []
  const own = isThing(schema.properties) ? Object.entries(schema.properties) : []
  const here = own.flatMap(([key, inner]) => {
    const property = resolved(inner, definitions)
    if (!isThing(property)) return []
    const items = isThing(property.items) ? listed(property.items.enum) : []
    const values = plain(key) === plain(name) ? [...listed(property.enum), ...items] : []
    return [
      ...values.filter((one): one is string => typeof one === 'string'),
      ...enumOf(property, name, definitions, depth + 1),
    ]
  })
  return here
}

/** What is said of the input of one operation. */
export type Documented = {
  /** false: nothing says what it takes, so that what it takes may be meant */
  described: boolean
  /** names that it takes by its document, its validator or its code */
  takes(name: string): boolean
  /** names that any operation on such things takes */
  takesAnywhere(name: string): boolean
  /** values that the document allows for a name */
  choices(name: string): string[]
}

/** What a schema of the survey refers to stands in itself. */
const ownDefinitions = (schema: unknown): Api['definitions'] => {
  const own = isThing(schema) && isThing(schema.$defs) ? schema.$defs : {}
  return Object.fromEntries(Object.entries(own).flatMap(([name, one]) => (isThing(one) ? [[name, one]] : [])))
}

const bodySchemas = (api: Api | undefined, method: string, path: string): JsonSchema[] =>
  api === undefined
    ? []
    : (operationOfRequest(api, method, path)?.body?.content ?? []).flatMap(({ schema }) =>
        schema === null ? [] : [schema],
      )

const namesOf = (lab: Lab, { route, request }: KnownRequest): { names: string[]; described: boolean } => {
  const definitions = lab.api?.definitions ?? {}
  const schemas = bodySchemas(lab.api, request.method, request.path).flatMap((schema) =>
    inputsOf(schema, definitions),
  )
  const validated = inputsOf(route.schemas?.body, { ...definitions, ...ownDefinitions(route.schemas?.body) })
  const read = (route.reads?.body ?? []).flatMap((name) => name.split('.'))
  const names = [...schemas, ...validated, ...read]
  return { names: [...names, ...namesIn(request.body)].map(plain), described: names.length > 0 }
}

export const documentedOf = (lab: Lab, known: KnownRequest): Documented => {
  const own = namesOf(lab, known)
  const kin = kinOfPath(known.route.path)
  const names = new Set(own.names)
  const anywhere = new Set(
    lab.known.filter(({ route }) => kinOfPath(route.path) === kin).flatMap((one) => namesOf(lab, one).names),
  )
  return {
    described: own.described,
    takes: (name) => names.has(plain(name)),
    takesAnywhere: (name) => anywhere.has(plain(name)) || names.has(plain(name)),
    choices: (name) => {
      const { api } = lab
      if (api === undefined) return []
      const said = Object.values(api.definitions).flatMap((schema) => enumOf(schema, name, api.definitions))
      return [...new Set(said)]
    },
  }
}

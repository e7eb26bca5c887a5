import type { ApiParameter, JsonSchema } from '../../contract/api.ts'
import { plain, propertiesOf, requiredOf, type Schemas, schemasIn } from '../../contract/generate/shape.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import type { Operation } from './operations.ts'

/** One part of a request that can be varied while the rest stays as it works. */
export type Part = {
  /** `body.lines.0.amount`, `query limit`, `path id`, `header If-Match` */
  name: string
  schema: JsonSchema
  required: boolean
} & (
  | { in: 'body'; at: readonly string[]; value: unknown }
  | { in: 'path' | 'query' | 'header'; parameter: ApiParameter }
)

const DEEP = 3

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !Buffer.isBuffer(value)

/** The schema of the body that is sent as JSON; null where it takes none, or is not described. */
export const bodySchema = ({ described }: Pick<Operation, 'described'>): JsonSchema | null =>
  described.body?.content.find(({ mediaType }) => /json/i.test(mediaType))?.schema ??
  described.body?.content.find(({ mediaType }) => mediaType === '*/*')?.schema ??
  null

const inBody = (
  schema: JsonSchema,
  value: unknown,
  schemas: Schemas,
  at: readonly string[],
  required: boolean,
): Part[] => {
  const shape = plain(schema, schemas.definitions)
  if (shape === null || shape.readOnly === true) return []
  const own: Part = { name: ['body', ...at].join('.'), in: 'body', at, schema, required, value }
  if (at.length >= DEEP) return [own]
  if (Array.isArray(value)) {
    const items = schemasIn([shape.items])[0]
    const first =
      value.length === 0 || items === undefined ? [] : inBody(items, value[0], schemas, [...at, '0'], true)
    return [own, ...first]
  }
  const wanted = requiredOf(shape)
  const held = isRecord(value) ? value : {}
  const inside = propertiesOf(shape)
    .filter(([name]) => name in held || at.length < 2)
    .flatMap(([name, inner]) => inBody(inner, held[name], schemas, [...at, name], wanted.includes(name)))
  return [own, ...inside]
}

const VARIED = new Set(['path', 'query', 'header'])
/** What speaks of the session or of the connection is not input. */
const NO_INPUT =
  /^(authorization|cookie|content-type|content-length|accept|host|connection|user-agent|x-api-key)$/i

/** Everything that can be varied of a request, the body's parts as the working request holds them. */
export const partsOf = (operation: Operation, base: RequestOptions, schemas: Schemas): Part[] => {
  const parameters = operation.described.parameters.flatMap((parameter): Part[] =>
    VARIED.has(parameter.in) && !NO_INPUT.test(parameter.name)
      ? [
          {
            name: `${parameter.in} ${parameter.name}`,
            in: parameter.in === 'path' || parameter.in === 'header' ? parameter.in : 'query',
            parameter,
            schema: parameter.schema,
            required: parameter.required,
          },
        ]
      : [],
  )
  const schema = bodySchema(operation)
  const isTree = isRecord(base.body) || Array.isArray(base.body)
  const body =
    schema === null || !isTree
      ? []
      : inBody(schema, base.body, schemas, [], operation.described.body?.required === true)
  return [...body, ...parameters]
}

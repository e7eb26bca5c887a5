import type { Project } from '../../instruments/source/project.ts'
import type { System } from '../../model/system.ts'
import { dereference, fromSchema } from './from-schema.ts'

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

/** `/users/{id}` and `/users/:id` are the same place. */
const pattern = (path: string) => path.replace(/\{[^}]+\}|:\w+/g, ':').replace(/\/$/, '')

const bases = (document: Record<string, unknown>): string[] => {
  const servers = Array.isArray(document.servers)
    ? document.servers.map((server) => String(record(server).url ?? ''))
    : []
  const paths = servers.map((url) => url.replace(/^[a-z]+:\/\/[^/]+/, '').replace(/\/$/, ''))
  return ['', String(document.basePath ?? '').replace(/\/$/, ''), ...paths]
}

/** Made from the schema first, because an example that is sent twice may collide with itself. */
const bodiesOf = (operation: Record<string, unknown>, document: unknown): unknown[] => {
  const content = record(record(dereference(operation.requestBody, document)).content)
  const media = record(content['application/json'] ?? Object.values(content)[0])
  const parameters = Array.isArray(operation.parameters) ? operation.parameters : []
  const body = parameters.map((one) => record(dereference(one, document))).find((one) => one.in === 'body')
  const schema = media.schema ?? body?.schema
  const [named] = Object.values(record(media.examples))
  return [
    schema === undefined ? undefined : fromSchema(schema, document),
    media.example,
    record(dereference(named, document)).value,
    record(dereference(schema, document)).example,
  ].filter((one) => one !== undefined)
}

const documents = (system: Pick<System, 'contracts'>, project: Pick<Project, 'json' | 'yaml'>) =>
  system.contracts
    .filter(({ kind }) => kind === 'openapi')
    .map(({ file }) => record(file.endsWith('.json') ? project.json(file) : project.yaml(file)?.[0]))

/** Valid bodies for an operation as the repo's own OpenAPI document (2 or 3) describes it, the best first. */
export const contractBodies = (
  system: Pick<System, 'contracts'>,
  project: Pick<Project, 'json' | 'yaml'>,
  method: string,
  path: string,
): unknown[] => {
  for (const document of documents(system, project)) {
    for (const [template, item] of Object.entries(record(document.paths))) {
      if (!bases(document).some((base) => pattern(base + template) === pattern(path))) continue
      const operation = record(item)[method.toLowerCase()]
      if (operation !== undefined) return bodiesOf(record(operation), document)
    }
  }
  return []
}

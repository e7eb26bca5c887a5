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

const bodyOf = (operation: Record<string, unknown>, document: unknown): unknown => {
  const content = record(record(dereference(operation.requestBody, document)).content)
  const media = record(content['application/json'] ?? Object.values(content)[0])
  if (media.example !== undefined) return media.example
  const [example] = Object.values(record(media.examples))
  if (example !== undefined) return record(example).value
  if (media.schema !== undefined) return fromSchema(media.schema, document)
  const parameters = Array.isArray(operation.parameters) ? operation.parameters : []
  const body = parameters.map((one) => record(dereference(one, document))).find((one) => one.in === 'body')
  return body === undefined ? undefined : fromSchema(body.schema, document)
}

const documents = (system: System, project: Project) =>
  system.contracts
    .filter(({ kind }) => kind === 'openapi')
    .map(({ file }) => record(file.endsWith('.json') ? project.json(file) : project.yaml(file)?.[0]))

/** A valid body for an operation as the repo's own OpenAPI document describes it; undefined when none does. */
export const contractBody = (system: System, project: Project, method: string, path: string): unknown => {
  for (const document of documents(system, project)) {
    for (const [template, item] of Object.entries(record(document.paths))) {
      if (!bases(document).some((base) => pattern(base + template) === pattern(path))) continue
      const operation = record(item)[method.toLowerCase()]
      if (operation !== undefined) return bodyOf(record(operation), document)
    }
  }
  return undefined
}

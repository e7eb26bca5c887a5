import type { Project } from '../../instruments/source/project.ts'
import type { System } from '../../model/system.ts'
import { findOperation, record } from './contract-operation.ts'
import { dereference, fromSchema } from './from-schema.ts'

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

/** Valid bodies for an operation as the repo's own OpenAPI document (2 or 3) describes it, the best first. */
export const contractBodies = (
  system: Pick<System, 'contracts'>,
  project: Pick<Project, 'json' | 'yaml'>,
  method: string,
  path: string,
): unknown[] => {
  const found = findOperation(system, project, method, path)
  return found === null ? [] : bodiesOf(found.operation, found.document)
}

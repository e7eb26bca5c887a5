import type { Project } from '../../instruments/source/project.ts'
import type { System } from '../../model/system.ts'
import { findOperation } from '../speak/contract-operation.ts'
import { dereference } from '../speak/from-schema.ts'
import type { IdempotencyKey } from './key.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const parametersOf = (holder: Record<string, unknown>, document: unknown) =>
  (Array.isArray(holder.parameters) ? holder.parameters : [])
    .map((one) => dereference(one, document))
    .filter(isRecord)

/** The key that the repo's own OpenAPI document gives an operation, as a header parameter; null for none. */
export const documentedKey = (
  system: Pick<System, 'contracts'>,
  project: Pick<Project, 'json' | 'yaml'>,
  method: string,
  path: string,
): IdempotencyKey | null => {
  const found = findOperation(system, project, method, path)
  if (found === null) return null
  const { item, operation, document, file } = found
  const parameters = [...parametersOf(operation, document), ...parametersOf(item, document)]
  for (const { in: where, name } of parameters) {
    if (where === 'header' && typeof name === 'string' && /idempoten/i.test(name)) {
      return { in: 'header', name, sure: true, from: file }
    }
  }
  return null
}

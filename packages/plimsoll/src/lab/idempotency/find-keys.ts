import type { Project } from '../../instruments/source/project.ts'
import type { Route, Service, System } from '../../model/system.ts'
import type { KnownRequest } from '../lab.ts'
import { documentedKey } from './documented-key.ts'
import type { IdempotencyKey } from './key.ts'
import { type KeyReads, readKeyReads } from './key-reads.ts'

export type KeySources = {
  project: Project
  system: Pick<System, 'contracts'>
  service: Pick<Service, 'dir' | 'routes'>
}

const FIELD = /^(?:x[-_]?)?idempotency[-_]?(?:key|token|id)$/i
const MAYBE_FIELD = /^(?:client[-_]?)?request[-_]?id$|^client[-_]?token$|^dedup\w*[-_]?(?:key|id)$/i

const propertiesOf = (schema: unknown): string[] => {
  if (schema === null || typeof schema !== 'object' || !('properties' in schema)) return []
  const { properties } = schema
  return properties !== null && typeof properties === 'object' ? Object.keys(properties) : []
}

/** A field of the body that is one by its name. */
const fieldOf = ({ reads, schemas, place }: Route): IdempotencyKey | null => {
  const fields = [...(reads?.body ?? []), ...propertiesOf(schemas?.body)]
  const from = `${place.file}:${place.line}`
  const sure = fields.find((name) => FIELD.test(name))
  if (sure !== undefined) return { in: 'body', name: sure, sure: true, from }
  const maybe = fields.find((name) => MAYBE_FIELD.test(name))
  return maybe === undefined ? null : { in: 'body', name: maybe, sure: false, from }
}

/** The key that a request had to carry before the API took it. */
const carriedKey = ({ request }: KnownRequest): IdempotencyKey | null => {
  const name = Object.keys(request.headers ?? {}).find((header) => /idempoten/i.test(header))
  return name === undefined ? null : { in: 'header', name, sure: true, from: 'its own refusal' }
}

/** PUT and DELETE are idempotent by themselves; what only reads has no effect. */
const TAKES_KEYS = new Set(['POST', 'PATCH'])

const keyOf = (known: KnownRequest, sources: KeySources, reads: KeyReads) => {
  const { route } = known
  const read = reads.of(route)
  const candidates = [
    documentedKey(sources, sources.service.routes, route),
    read,
    carriedKey(known),
    fieldOf(route),
  ]
  return candidates.find((one) => one?.sure === true) ?? candidates.find((one) => one !== null) ?? null
}

/** Known requests, each with the key that its operation takes, where one is documented, demanded or read. */
export const addKeys = (known: readonly KnownRequest[], sources: KeySources): KnownRequest[] => {
  const reads = readKeyReads(sources.project, sources.service)
  return known.map((one) => {
    if (!TAKES_KEYS.has(one.request.method)) return one
    const idempotencyKey = keyOf(one, sources, reads)
    return idempotencyKey === null ? one : { ...one, idempotencyKey }
  })
}

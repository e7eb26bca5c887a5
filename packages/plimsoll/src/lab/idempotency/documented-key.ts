import { operationOfRoute } from '../../contract/find-operation.ts'
import type { Route } from '../../model/system.ts'
import { findRepoApi, type RepoSources } from '../api/repo-api.ts'
import type { IdempotencyKey } from './key.ts'

/** The key that the repo's own OpenAPI document gives an operation, as a header parameter; null for none. */
export const documentedKey = (
  sources: RepoSources,
  routes: readonly Route[],
  route: Pick<Route, 'method' | 'path'>,
): IdempotencyKey | null => {
  const api = findRepoApi(sources, routes)
  const parameters = api === null ? [] : (operationOfRoute(api, route)?.parameters ?? [])
  const found = parameters.find((one) => one.in === 'header' && /idempoten/i.test(one.name))
  return api === null || found === undefined
    ? null
    : { in: 'header', name: found.name, sure: true, from: api.from.where }
}

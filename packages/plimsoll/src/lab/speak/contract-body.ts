import { operationOfRoute } from '../../contract/find-operation.ts'
import type { Route } from '../../model/system.ts'
import { findRepoApi, type RepoSources } from '../api/repo-api.ts'
import { fromSchema } from './from-schema.ts'

const MOST_EXAMPLES = 3

/**
 * Valid bodies for a route as the repo's own OpenAPI document describes it, the best first: made from the schema,
 * because an example that is sent twice may collide with itself.
 */
export const contractBodies = (
  sources: RepoSources,
  routes: readonly Route[],
  route: Pick<Route, 'method' | 'path'>,
): unknown[] => {
  const api = findRepoApi(sources, routes)
  const content = api === null ? [] : (operationOfRoute(api, route)?.body?.content ?? [])
  const media = content.find(({ mediaType }) => mediaType === 'application/json') ?? content[0]
  if (api === null || media === undefined) return []
  const { schema, examples } = media
  const made = schema === null ? [] : [fromSchema(schema, { $defs: api.definitions })]
  return [...made, ...examples.slice(0, MOST_EXAMPLES)]
}

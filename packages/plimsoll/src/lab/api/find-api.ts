import type { Api } from '../../contract/api.ts'
import { apiOfService } from '../../contract/from-survey/describe-service.ts'
import type { Http } from '../../instruments/http/http.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { Service, System } from '../../model/system.ts'
import { findGraphql } from './find-graphql.ts'
import { findRepoApi } from './repo-api.ts'
import { findServedApi } from './served-api.ts'

export type ApiSources = {
  project: Project
  system: System
  service: Service
  /** null where no app runs */
  http: Http | null
  /** of a session */
  headers?: Record<string, string>
  signal?: AbortSignal
}

const findRest = async (sources: ApiSources): Promise<Api | null> => {
  const { service, http, headers, signal } = sources
  const routes = service.routes
  const written = findRepoApi(sources, routes)
  if (written !== null) return written
  const asking = { routes, ...(headers && { headers }), ...(signal && { signal }) }
  const served = http === null ? null : await findServedApi({ http, ...asking })
  return served ?? (routes.length === 0 ? null : apiOfService(service))
}

/**
 * What the API says of itself: in a document of the repo, else in one that the app serves, else as its source has it;
 * GraphQL beside it. Null where it says nothing.
 */
export const findApi = async (sources: ApiSources): Promise<Api | null> => {
  const rest = await findRest(sources)
  const found = await findGraphql(sources)
  if (found === null || found.graphql === undefined) return rest
  if (rest !== null)
    return { ...rest, graphql: found.graphql, problems: [...rest.problems, ...found.problems] }
  const { endpoint } = found.graphql
  return {
    from: endpoint === null ? { kind: 'repo', where: 'schema files' } : { kind: 'served', where: endpoint },
    ...{ version: 'graphql', title: sources.service.name, operations: [], definitions: {} },
    ...found,
  }
}

import { parseJson } from '../../base/json/parse-json.ts'
import type { Api } from '../../contract/api.ts'
import { introspectionQuery, readIntrospection, readSdl } from '../../contract/graphql/read-graphql.ts'
import type { Http } from '../../instruments/http/http.ts'
import type { Project } from '../../instruments/source/project.ts'
import type { Service, System } from '../../model/system.ts'

export type GraphqlSources = {
  system: Pick<System, 'contracts'>
  project: Pick<Project, 'text'>
  service: Pick<Service, 'dir' | 'routes'>
  /** null where no app runs */
  http: Http | null
  headers?: Record<string, string>
  signal?: AbortSignal
}

type Found = Pick<Api, 'graphql' | 'problems'>

const USUAL = ['/graphql', '/api/graphql']
const MANIFESTS = ['package.json', 'requirements.txt', 'pyproject.toml', 'Pipfile']
const PACKAGES =
  /["'\s](?:graphql(?:-[\w-]+)?|@apollo\/server|apollo-server[\w-]*|@nestjs\/graphql|mercurius|type-graphql|strawberry-graphql|graphene[\w-]*|ariadne)["'\s=<>~[;,]/m

const below = (dir: string, file: string) => (dir === '.' ? file : `${dir}/${file}`)

const speaksGraphql = ({ project, service, system }: GraphqlSources): boolean =>
  system.contracts.some(({ kind }) => kind === 'graphql') ||
  MANIFESTS.some((file) => PACKAGES.test(`${project.text(below(service.dir, file)) ?? ''}\n`))

const endpointsOf = (sources: GraphqlSources): string[] => {
  const named = sources.service.routes
    .filter(({ path }) => /\/(?:graphql|gql)\/?$/i.test(path) && !path.includes(':'))
    .map(({ path }) => path)
  return [...new Set([...named, ...(named.length > 0 || speaksGraphql(sources) ? USUAL : [])])]
}

/** An endpoint that answers without a schema is one, too: introspection may be off. */
const introspect = async (
  { headers, signal }: GraphqlSources,
  http: Http,
  endpoint: string,
): Promise<{ speaks: boolean; data: unknown }> => {
  const { status, body } = await http.request({
    ...{ method: 'POST', path: endpoint, timeoutMs: 5_000, bodyLimit: 16 << 20 },
    ...(headers && { headers }),
    ...(signal && { signal }),
    body: { query: await introspectionQuery() },
  })
  const answer = parseJson(body)
  if (status === null || answer === null || typeof answer !== 'object') return { speaks: false, data: null }
  const speaks = 'data' in answer || ('errors' in answer && Array.isArray(answer.errors))
  return { speaks, data: 'data' in answer ? answer.data : null }
}

const fromFiles = async ({ system, project, service }: GraphqlSources, endpoint: string | null) => {
  const files = system.contracts.filter(({ kind }) => kind === 'graphql').map(({ file }) => file)
  const own = files.filter((file) => service.dir === '.' || file.startsWith(`${service.dir}/`))
  const texts = (own.length > 0 ? own : files).flatMap((where) => {
    const text = project.text(where)
    return text === null ? [] : [{ where, text }]
  })
  return texts.length === 0 ? null : readSdl(texts, endpoint)
}

/** What the app offers in GraphQL: by asking it for its schema, else as the repo's own files say; null for nothing. */
export const findGraphql = async (sources: GraphqlSources): Promise<Found | null> => {
  let endpoint: string | null = null
  const problems: Api['problems'] = []
  for (const candidate of sources.http === null ? [] : endpointsOf(sources)) {
    if (sources.http === null || sources.signal?.aborted) break
    const { speaks, data } = await introspect(sources, sources.http, candidate)
    if (speaks) endpoint ??= candidate
    if (data === null || data === undefined) continue
    const read = await readIntrospection(data, candidate)
    if (read.graphql !== null) return { graphql: read.graphql, problems: [] }
    problems.push(...read.problems)
  }
  const read = await fromFiles(sources, endpoint)
  if (read === null || read.graphql === null) return null
  return { graphql: read.graphql, problems: [...problems, ...read.problems] }
}

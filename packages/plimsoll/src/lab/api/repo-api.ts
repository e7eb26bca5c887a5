import type { Api } from '../../contract/api.ts'
import { routeShape } from '../../contract/find-operation.ts'
import { mergeApis } from '../../contract/merge-apis.ts'
import { type DocumentSource, isOpenapi, readDocument } from '../../contract/openapi/parse-document.ts'
import { readOpenapi } from '../../contract/openapi/read-openapi.ts'
import type { Route, System } from '../../model/system.ts'

type Places = readonly Pick<Route, 'method' | 'path'>[]

export type RepoSources = { system: Pick<System, 'contracts'>; project: DocumentSource }

/** Whether one of the routes is that operation; a route of `ANY` is every one. */
export const servedBy = (routes: Places) => {
  const known = new Set(routes.map(({ method, path }) => `${method} ${routeShape(path)}`))
  return (method: string, path: string) =>
    known.has(`${method} ${routeShape(path)}`) || known.has(`ANY ${routeShape(path)}`)
}

const addBase = (api: Api, base: string): Api => ({
  ...api,
  operations: api.operations.map((one) => ({
    ...one,
    path: `${base}${one.path}`.replace(/(.)\/$/, '$1'),
  })),
})

/** Below how much of it an API stands in the app, where the document does not say: the most usual of what fits. */
const missingBase = (api: Api, routes: Places): string | null => {
  const votes = new Map<string, number>()
  for (const operation of api.operations) {
    const shape = routeShape(operation.path)
    if (shape === '/' || shape === '/:') continue
    for (const { method, path } of routes) {
      const whole = routeShape(path)
      if (method !== operation.method || !whole.endsWith(shape) || whole === shape) continue
      const base = path.split('/').slice(0, whole.slice(0, -shape.length).split('/').length).join('/')
      votes.set(base, (votes.get(base) ?? 0) + 1)
    }
  }
  const [best] = [...votes].sort(([, a], [, b]) => b - a)
  return best !== undefined && best[1] * 2 >= api.operations.length ? best[0] : null
}

/** The API with its operations where the app serves them, as far as its routes tell. */
export const placeApi = (api: Api, routes: Places): Api => {
  const serves = servedBy(routes)
  if (api.operations.some(({ method, path }) => serves(method, path))) return api
  const base = missingBase(api, routes)
  return base === null ? api : addBase(api, base)
}

const readApis = ({ system, project }: RepoSources, routes: Places): Api[] =>
  system.contracts
    .filter(({ kind }) => kind === 'openapi')
    .flatMap(({ file }) => {
      const document = readDocument(project, file)
      if (!isOpenapi(document)) return []
      const api = readOpenapi(document, {
        from: { kind: 'repo', where: file },
        readExternal: (other) => readDocument(project, other) ?? null,
        serves: servedBy(routes),
      })
      return [placeApi(api, routes)]
    })

const found = new WeakMap<object, Map<object, Api | null>>()

/**
 * What the documents of the repo say of these routes: of several, the one that says most, completed from the others.
 * Null where none says anything of them; where no route is known, a single document is believed.
 */
export const findRepoApi = (sources: RepoSources, routes: Places): Api | null => {
  const ofProject = found.get(sources.project) ?? new Map<object, Api | null>()
  found.set(sources.project, ofProject)
  const known = ofProject.get(routes)
  if (known !== undefined) return known
  const apis = readApis(sources, routes)
  const [only, ...more] = apis
  const api = routes.length > 0 ? mergeApis(apis, routes) : more.length === 0 ? (only ?? null) : null
  ofProject.set(routes, api)
  return api
}

import type { Api } from '../../contract/api.ts'
import { isOpenapi, parseDocument } from '../../contract/openapi/parse-document.ts'
import { readOpenapi } from '../../contract/openapi/read-openapi.ts'
import type { Http } from '../../instruments/http/http.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Route } from '../../model/system.ts'
import { documentInPage } from './document-in-page.ts'
import { placeApi, servedBy } from './repo-api.ts'

type Places = readonly Pick<Route, 'method' | 'path'>[]

const DOCUMENTS = [
  ...['/openapi.json', '/openapi.yaml', '/swagger.json', '/swagger.yaml', '/v3/api-docs', '/v2/api-docs'],
  ...['/api-docs.json', '/api-json', '/api/docs-json', '/docs-json', '/docs/json', '/documentation/json'],
  ...['/swagger/json', '/swagger-json', '/api/openapi.json', '/api/swagger.json', '/docs/openapi.json'],
  ...['/swagger/v1/swagger.json', '/swagger/doc.json', '/apispec_1.json', '/api/schema', '/openapi'],
]
const PAGES = [
  '/api-docs',
  '/docs',
  '/api/docs',
  '/documentation',
  '/swagger',
  '/api',
  '/swagger-ui',
  '/reference',
]
const WORDS =
  /(?:openapi|swagger|api-?docs?|apispec|docs|docs-json|docs\/json|documentation|swagger-ui|schema)(?:[-/]?json|\.json|\.ya?ml)?\/?$/i

export type ServedSources = {
  http: Http
  routes: Places
  /** of a session: some documents are for those who are logged in */
  headers?: Record<string, string>
  signal?: AbortSignal
}

const MOST_REQUESTS = 45
const MOST_CHARACTERS = 16 << 20
const TIMEOUT_MS = 3_000

/** Routes that say by their names that they give the document come before the usual places. */
const placesToAsk = (routes: Places): string[] => {
  const named = routes
    .filter(({ method, path }) => (method === 'GET' || method === 'ANY') && !path.includes(':'))
    .map(({ path }) => path.replace(/\/?\*$/, ''))
    .filter((path) => WORDS.test(path))
  return [...new Set([...named, ...DOCUMENTS, ...PAGES])]
}

type Asking = ServedSources & { asked: Set<string> }

const ask = async ({ http, asked, headers, signal }: Asking, path: string): Promise<Exchange | null> => {
  if (asked.has(path) || asked.size >= MOST_REQUESTS || signal?.aborted) return null
  asked.add(path)
  return http.request({
    ...{ method: 'GET', path, timeoutMs: TIMEOUT_MS, bodyLimit: MOST_CHARACTERS },
    headers: { ...headers, accept: 'application/json, application/yaml, text/html;q=0.5, */*;q=0.1' },
    ...(signal && { signal }),
  })
}

/** `/docs` sends to `/docs/`, `docs/index.html` or a whole address. */
const pathFrom = (from: string, to: string): string | null => {
  try {
    const origin = 'http://localhost'
    const { pathname, search } = new URL(to, `${origin}${from}`)
    return `${pathname}${search}`
  } catch {
    return null
  }
}

type Served = { where: string; document: unknown }

const documentOf = (path: string, { status, body }: Exchange): Served | null => {
  if (status === null || status >= 300 || /^\s*</.test(body) || !/openapi|swagger/.test(body)) return null
  const document = parseDocument(body)
  return isOpenapi(document) ? { where: path, document } : null
}

/** A page for people: it holds the document, or says where it is. */
const askPage = async (asking: Asking, path: string, page: Exchange): Promise<Served | null> => {
  const { document, addresses } = documentInPage(page.body)
  if (document !== null) return { where: path, document }
  // Some are served without the slash that their addresses are relative to.
  const nexts = addresses.flatMap((address) => [pathFrom(path, address), pathFrom(`${path}/`, address)])
  for (const next of nexts) {
    const answer = next === null ? null : await ask(asking, next)
    if (next === null || answer === null) continue
    const found =
      documentOf(next, answer) ?? (/\.js$/.test(next) ? await askPage(asking, next, answer) : null)
    if (found !== null) return found
  }
  return null
}

const askPlace = async (asking: Asking, place: string): Promise<Served | null | 'stop'> => {
  let path = place
  for (let hops = 0; hops < 3; hops += 1) {
    const answer = await ask(asking, path)
    if (answer === null) return null
    if (answer.status === null || answer.status === 429) return 'stop'
    const location = answer.headers.location
    if (answer.status < 300 || answer.status >= 400 || location === undefined) {
      return documentOf(path, answer) ?? (answer.status < 300 ? askPage(asking, path, answer) : null)
    }
    const next = pathFrom(path, location)
    if (next === null) return null
    path = next
  }
  return null
}

/**
 * Asks the app for the document that it serves, in the usual places and where its routes say so; null where it
 * serves none. Some forty requests at most; it stops when one stays without an answer or is throttled.
 */
export const findServedApi = async (sources: ServedSources): Promise<Api | null> => {
  const { routes } = sources
  const asking: Asking = { ...sources, asked: new Set() }
  for (const place of placesToAsk(routes)) {
    const served = await askPlace(asking, place)
    if (served === 'stop') return null
    if (served === null) continue
    const { where, document } = served
    const api = readOpenapi(document, { from: { kind: 'served', where }, serves: servedBy(routes) })
    if (api.operations.length > 0) return placeApi(api, routes)
  }
  return null
}

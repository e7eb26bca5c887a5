import { parseJson } from '../../base/json/parse-json.ts'
import type { KnownRequest, Lab, RequestOptions } from '../../lab/lab.ts'
import { changesData } from '../../lab/speak/changing-reads.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { idOf, kinOfPath, type Shown, sameKin, thingsIn } from '../../lab/speak/things.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Route } from '../../model/system.ts'
import { isThing } from './body.ts'
import { BODY_LIMIT, idIn } from './speaker.ts'

/** The thing that a request wrote, as one place shows it. */
export type Sight = {
  /** `GET /notes/:id`, `table notes`, `token`: the same for a request with and without more fields */
  place: string
  thing: Readonly<Record<string, unknown>>
  /** of a row: as it was before the request; null for a new one */
  before?: Readonly<Record<string, unknown>> | null
  exchange?: Exchange
}

/** What to know the thing by: its texts are nobody else's. */
export type Sign = { texts: readonly string[]; id: string | number | undefined; kin: string }

const isIt = ({ texts, id, kin }: Sign, shown: Shown): boolean =>
  Object.values(shown.thing).some((value) => typeof value === 'string' && texts.includes(value)) ||
  (id !== undefined && sameKin(shown.kin, kin) && String(idOf(shown)) === String(id))

/** @param whole the answer is about the thing alone, even where it does not carry its sign */
export const sightsIn = (
  { place, path, whole }: Pick<Read, 'place' | 'path' | 'whole'>,
  exchange: Exchange,
  sign: Sign,
): Sight[] => {
  const answer = parseJson(exchange.body)
  const all = thingsIn(path, answer, exchange.path)
  const found = all.filter((shown) => isIt(sign, shown))
  const [outer] = all
  const own = whole && found.length === 0 && isThing(answer) ? all.slice(0, 2) : found.slice(0, 2)
  const first = whole && outer !== undefined && !own.includes(outer) ? [...own, outer] : own
  return first.map(({ thing }, index) => ({
    place: index === 0 ? place : `${place} (${index + 1})`,
    thing,
    exchange,
  }))
}

export type Read = { place: string; path: string; request: RequestOptions; whole: boolean }

const MOST_READS = 10

const getRoutes = (lab: Lab): Route[] =>
  lab.service.routes.filter(
    (route) => (route.method === 'GET' || route.method === 'ANY') && !changesData(route),
  )

const bare = (path: string) => path.replace(/\/$/, '')

/** Where the thing may show: at its own path, below the path that it was posted to, in lists, in what is one's own. */
export const readsFor = (
  lab: Lab,
  known: KnownRequest,
  sent: RequestOptions,
  id: string | number | undefined,
): Read[] => {
  const headers = sent.headers === undefined ? {} : { headers: sent.headers }
  const routes = getRoutes(lab)
  const at = (path: string, route: string, whole: boolean): Read => ({
    ...{ place: `GET ${route}`, path: route, whole },
    request: { method: 'GET', path, ...headers },
  })
  const same = routes.some(({ path }) => bare(path) === bare(known.route.path))
  const item = routes.find(
    ({ path }) =>
      path.startsWith(`${bare(known.route.path)}/:`) &&
      !path.slice(known.route.path.length + 2).includes('/'),
  )
  const listPath = (sent.path.split('?')[0] ?? '').replace(/\/[^/]+$/, '')
  const lists = lab.known
    .filter(({ request, route }) => request.method === 'GET' && !changesData(route))
    .filter(({ route }) => bare(route.path) !== bare(known.route.path) || !route.path.includes(':'))
    .sort(
      (a, b) =>
        Number(kinOfPath(b.route.path) === kinOfPath(known.route.path)) -
        Number(kinOfPath(a.route.path) === kinOfPath(known.route.path)),
    )
    .map(({ request, route }) => at(request.path, route.path, false))
  const parent = routes.some(({ path }) => !path.includes(':') && bare(path) === listPath)
    ? [at(listPath, listPath, false)]
    : []
  const all = [
    ...(same && known.request.method !== 'POST' ? [at(sent.path, known.route.path, true)] : []),
    ...(item !== undefined && id !== undefined && known.request.method === 'POST'
      ? [at(`${bare(sent.path)}/${encodeURIComponent(String(id))}`, item.path, true)]
      : []),
    ...parent,
    ...lists,
  ]
  const seen = new Set<string>()
  return all.filter(({ request }) => !seen.has(request.path) && seen.add(request.path)).slice(0, MOST_READS)
}

/** What one read shows of the thing; `exchange` also where it shows nothing of it. */
export type Looked = { read: Read; exchange: Exchange; sights: Sight[] }

export const lookAt = async (
  lab: Pick<Lab, 'http'>,
  read: Read,
  sign: Sign,
  signal: AbortSignal,
): Promise<Looked> => {
  const exchange = await lab.http.request({ ...read.request, bodyLimit: BODY_LIMIT, signal })
  const sights = isSuccess(exchange) ? sightsIn(read, exchange, sign) : []
  return { read, exchange, sights }
}

/** The id by which the answer to a write names what was written; else the one in its path. */
export const idFor = (
  known: KnownRequest,
  sent: RequestOptions,
  answer: Exchange,
): string | number | undefined => {
  const said = idIn(known.route.path, answer, sent.path)
  if (said !== undefined) return said
  const index = known.route.path.split('/').findLastIndex((part) => part.startsWith(':'))
  const part = index < 0 ? undefined : sent.path.split('?')[0]?.split('/')[index]
  return part === undefined ? undefined : decodeURIComponent(part)
}

/** `/notes/:id` and `/notes/:id/archive` are about a note. */
export const kinOf = (path: string): string => {
  const index = path.split('/').findLastIndex((part) => part.startsWith(':'))
  return kinOfPath(index < 0 ? path : path.split('/').slice(0, index).join('/'))
}

export const ownReads = (lab: Lab, headers: Record<string, string>): Read[] =>
  lab.known
    .filter(
      ({ request, route }) => request.method === 'GET' && !changesData(route) && !route.path.includes(':'),
    )
    .slice(0, MOST_READS)
    .map(({ request, route }) => ({
      ...{ place: `GET ${route.path}`, path: route.path, whole: false },
      request: { ...request, headers: { ...request.headers, ...headers } },
    }))

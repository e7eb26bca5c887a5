import type { RequestOptions } from '../../instruments/http/http.ts'
import type { LabRecord } from '../../model/run.ts'
import type { Route } from '../../model/system.ts'
import type { KnownRequest, Lab } from '../lab.ts'
import { bodyCandidates, fillPath } from './candidates.ts'
import { changesData } from './changing-reads.ts'
import type { Harvest } from './harvest.ts'
import { isSuccess, type Observed, observe } from './observe.ts'
import type { SpeakSources } from './speak.ts'
import { tryWrite } from './try-write.ts'

export type Reached = { known: KnownRequest[]; reach: LabRecord['reach'] }

type Spoken = { route: Route; request: RequestOptions; observed: Observed; how: KnownRequest['how'] }

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0)

export const keep = (reached: Reached, { route, request, observed, how }: Spoken): void => {
  const { exchange, statements, writes } = observed
  reached.reach.push({
    route: `${route.method} ${route.path}`,
    status: exchange.status,
    statements: sum(statements),
    how,
  })
  if (!isSuccess(exchange) || exchange.status === null) return
  reached.known.push({ route, request, status: exchange.status, statements, writes, how })
}

const notReached = (reached: Reached, route: Route, how = 'no id is known for its path') =>
  reached.reach.push({ route: `${route.method} ${route.path}`, status: null, statements: 0, how })

const withHeaders = (headers: Record<string, string>) => (Object.keys(headers).length > 0 ? { headers } : {})

const parameters = (path: string) => path.split(':').length - 1

/** Lists first, so that they show ids for the rest. */
export const reachReads = async (
  lab: Lab,
  routes: readonly Route[],
  harvest: Harvest,
  headers: Record<string, string>,
): Promise<Reached> => {
  const reached: Reached = { known: [], reach: [] }
  const reads = routes
    .filter(({ method }) => method === 'GET')
    .sort((a, b) => parameters(a.path) - parameters(b.path))
  for (const route of reads) {
    if (changesData(route)) {
      notReached(reached, route, 'not called: its name says that it changes data')
      continue
    }
    const path = fillPath(route.path, harvest)
    if (path === null) {
      notReached(reached, route)
      continue
    }
    const request = { method: 'GET', path, ...withHeaders(headers) }
    const observed = await observe(lab, request)
    if (isSuccess(observed.exchange)) harvest.keep(route.path, observed.exchange.body)
    keep(reached, { route, request, observed, how: 'inferred' })
  }
  return reached
}

/** A logged-in session that logs itself out speaks no more; deleting comes last. */
const ENDS_SESSION = /\/(log-?out|sign-?out|logoff)\b/i
const ORDER = ['POST', 'PUT', 'PATCH', 'DELETE']

export const reachWrites = async (
  lab: Lab,
  routes: readonly Route[],
  sources: SpeakSources,
  harvest: Harvest,
  headers: Record<string, string>,
): Promise<Reached> => {
  const reached: Reached = { known: [], reach: [] }
  const writes = routes
    .filter(({ method, path }) => ORDER.includes(method) && !ENDS_SESSION.test(path))
    .sort(
      (a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method) || parameters(a.path) - parameters(b.path),
    )
  for (const route of writes) {
    const path = fillPath(route.path, harvest)
    if (path === null) {
      notReached(reached, route)
      continue
    }
    const base = { method: route.method, path, ...withHeaders(headers) }
    const bodies = route.method === 'DELETE' ? [undefined] : bodyCandidates(route, sources, harvest)
    const attempt = await tryWrite(lab, base, bodies)
    if (attempt === null) continue
    if (isSuccess(attempt.observed.exchange) && route.method === 'POST')
      harvest.keep(route.path, attempt.observed.exchange.body)
    keep(reached, { route, request: attempt.request, observed: attempt.observed, how: attempt.how })
  }
  return reached
}

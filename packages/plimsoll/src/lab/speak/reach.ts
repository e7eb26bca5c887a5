import type { RequestOptions } from '../../instruments/http/http.ts'
import type { LabRecord } from '../../model/run.ts'
import type { Route } from '../../model/system.ts'
import type { KnownRequest, Lab } from '../lab.ts'
import { bodyCandidates } from './candidates.ts'
import { changesData, switchesOff } from './changing-reads.ts'
import { fillPaths } from './fill-path.ts'
import type { Harvest } from './harvest.ts'
import { isSuccess, type Observed, type Observing, observe } from './observe.ts'
import { lacksReferences, refersToThings, withReferences } from './references.ts'
import { improveQuery, readQuery, requiredQuery, withQuery } from './required-query.ts'
import type { SpeakSources } from './speak.ts'
import { harvestRows } from './store-rows.ts'
import { type Attempt, type Speaker, tryWrite } from './try-write.ts'
import { keepName, newNames } from './upsert.ts'

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

/** It is not there, not ours, or not in a state for it: another one may be. */
const ASKS_FOR_ANOTHER = new Set([403, 404, 409, 410, 422])

type Reading = { sources: SpeakSources; harvest: Harvest; headers: Record<string, string> }

type Paths = { paths: string[]; how: 'inferred' | 'learned' }

/** Rows are read once, and only where the API itself shows too little; tells whether they are new. */
const rowsOnce = (lab: Pick<Lab, 'stores'>, harvest: Harvest) => {
  let read: Promise<void> | null = null
  return async (): Promise<boolean> => {
    const isNew = read === null
    read ??= harvestRows(lab, harvest)
    await read
    return isNew
  }
}

const pathsOf = async (route: Route, harvest: Harvest, rows: () => Promise<boolean>): Promise<Paths> => {
  const paths = fillPaths(route.path, harvest)
  if (paths.length > 0) return { paths, how: 'inferred' }
  await rows()
  const stored = fillPaths(route.path, harvest)
  return { paths: stored.length > 0 ? stored : newNames(route, harvest), how: 'learned' }
}

const MOST_QUERIES = 3

/** Turned away, led elsewhere, or fallen over: for want of something in the query, perhaps. */
const mayWantQuery = (route: Route, status: number | null) =>
  status === null ||
  (status >= 300 && status < 400) ||
  status === 400 ||
  status === 422 ||
  (status === 404 && !route.path.includes(':')) ||
  status >= 500

type Asked = { request: RequestOptions; observed: Observed; isLearned: boolean }

/** Asks with what the query must hold, and follows what refusals say of it; then with all that the code reads of it. */
const askRead = async (lab: Observing, route: Route, path: string, reading: Reading): Promise<Asked> => {
  let query = requiredQuery(route, reading.sources)
  const ask = async (round: number): Promise<Asked> => {
    const request = { method: 'GET', path: withQuery(path, query), ...withHeaders(reading.headers) }
    return { request, observed: await observe(lab, request), isLearned: round > 1 }
  }
  for (let round = 1; ; round += 1) {
    const asked = await ask(round)
    const { status, body } = asked.observed.exchange
    const better = status === 400 || status === 422 ? improveQuery(query, body) : null
    if (better !== null && round < MOST_QUERIES) {
      query = better
      continue
    }
    const fuller = mayWantQuery(route, status) ? readQuery(route, query, reading.harvest) : null
    if (fuller === null) return asked
    query = fuller
    const last = await ask(round + 1)
    return isSuccess(last.observed.exchange) ? last : asked
  }
}

/** Lists first, so that they show ids for the rest. */
export const reachReads = async (
  lab: Observing,
  routes: readonly Route[],
  reading: Reading,
): Promise<Reached> => {
  const { harvest } = reading
  const reached: Reached = { known: [], reach: [] }
  const rows = rowsOnce(lab, harvest)
  const reads = routes
    .filter(({ method }) => method === 'GET')
    .sort((a, b) => parameters(a.path) - parameters(b.path))
  for (const route of reads) {
    if (changesData(route)) {
      notReached(reached, route, 'not called: its name says that it changes data')
      continue
    }
    const { paths, how } = await pathsOf(route, harvest, rows)
    let spoken: Spoken | null = null
    for (const path of paths) {
      const { request, observed, isLearned } = await askRead(lab, route, path, reading)
      if (isSuccess(observed.exchange)) harvest.keep(route.path, observed.exchange.body, path)
      spoken = { route, request, observed, how: isLearned ? 'learned' : how }
      if (!ASKS_FOR_ANOTHER.has(observed.exchange.status ?? 0)) break
    }
    if (spoken === null) notReached(reached, route)
    else keep(reached, spoken)
  }
  return reached
}

/** A logged-in session that logs itself out speaks no more; deleting comes last. */
const ENDS_SESSION = /\/(log-?out|sign-?out|logoff)\b/i
const ORDER = ['POST', 'PUT', 'PATCH', 'DELETE']

export type Writing = Reading & {
  /** what is made stays: this is the template that every later lab starts from */
  lasting: boolean
}

/** One route, at each thing that its path may mean until one is accepted. */
const writeTo = async (
  lab: Speaker,
  route: Route,
  { paths, how }: Paths,
  { sources, harvest, headers }: Writing,
) => {
  let best: Attempt | null = null
  for (const path of paths) {
    const base = { method: route.method, path, ...withHeaders(headers) }
    const bodies = route.method === 'DELETE' ? [undefined] : bodyCandidates(route, sources)
    const vary = (body: unknown) => withReferences(body, route.path, path, harvest)
    const attempt = await tryWrite(lab, base, bodies, vary)
    if (attempt === null) continue
    const made: Attempt = how === 'learned' || best !== null ? { ...attempt, how: 'learned' } : attempt
    if (isSuccess(made.observed.exchange)) return made
    best ??= made
    if (!ASKS_FOR_ANOTHER.has(made.observed.exchange.status ?? 0)) return best
  }
  return best
}

const isSettled = ({ observed: { exchange } }: Attempt) =>
  isSuccess(exchange) || !ASKS_FOR_ANOTHER.has(exchange.status ?? 0)

/** What the API shows may not be enough: the store may hold a thing that goes with the one in the path. */
const tryOthers = async (first: Attempt, again: () => Promise<Attempt | null>): Promise<Attempt> => {
  if (isSettled(first)) return first
  const second = await again()
  return second !== null && isSuccess(second.observed.exchange) ? { ...second, how: 'learned' } : first
}

export const reachWrites = async (
  lab: Speaker,
  routes: readonly Route[],
  writing: Writing,
): Promise<Reached> => {
  const { sources, harvest } = writing
  const reached: Reached = { known: [], reach: [] }
  const rows = rowsOnce(lab, harvest)
  const writes = routes
    .filter(({ method, path }) => ORDER.includes(method) && !ENDS_SESSION.test(path))
    .filter((route) => !writing.lasting || !switchesOff(route))
    .sort(
      (a, b) =>
        Number(switchesOff(a)) - Number(switchesOff(b)) ||
        ORDER.indexOf(a.method) - ORDER.indexOf(b.method) ||
        parameters(a.path) - parameters(b.path),
    )
  const again: typeof writeTo = async (speaker, route, paths, given) => {
    const refers = bodyCandidates(route, sources).some((body) => refersToThings(body, route.path, harvest))
    return refers && (await rows()) ? writeTo(speaker, route, paths, given) : null
  }
  for (const route of writes) {
    const found = await pathsOf(route, harvest, rows)
    if (found.paths.length === 0) {
      notReached(reached, route)
      continue
    }
    const bodies = bodyCandidates(route, sources)
    if (bodies.some((body) => lacksReferences(body, route.path, harvest))) await rows()
    const first = await writeTo(lab, route, found, writing)
    const attempt = first === null ? null : await tryOthers(first, () => again(lab, route, found, writing))
    if (attempt === null) continue
    const { request, sent, observed, how } = attempt
    if (isSuccess(observed.exchange) && route.method === 'POST') {
      if (writing.lasting) {
        harvest.keep(route.path, observed.exchange.body, sent.path)
        harvest.ours(route.path, sent.body, observed.exchange.body)
      } else harvest.made(route.path, observed.exchange.body, sent.path)
    }
    if (isSuccess(observed.exchange) && route.path.includes('/:'))
      harvest.changed(route.path, observed.exchange.body, sent.path)
    if (isSuccess(observed.exchange)) keepName(route, sent.path, harvest)
    keep(reached, { route, request, observed, how })
  }
  return reached
}

import { parseJson } from '../../base/json/parse-json.ts'
import type { Account, Lab, LabStore, RequestOptions } from '../../lab/lab.ts'
import { changesData } from '../../lab/speak/changing-reads.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { revive } from '../../lab/speak/revive.ts'
import type { Exchange } from '../../model/evidence.ts'
import { isThing } from './body.ts'
import { storeOf } from './rows.ts'
import { claimsIn, openRegistrar, type Registrar } from './speaker.ts'

/** What all operations of one execution share. */
export type Bench = {
  lab: Lab
  signal: AbortSignal
  store: LabStore | null
  registrar: Registrar | null
  /** reads that the first account is refused, with the refusal */
  refused: { operation: string; request: RequestOptions; exchange: Exchange }[]
  /** as text: what is the first account's -> what is the second one's in its place */
  theirs: Map<string, unknown>
}

const MOST_ASKED = 30
const MOST_REFUSED = 8

const turnsAway = ({ status }: Exchange) => status === 401 || status === 403

/** Lists and pages for which an ordinary account has too few rights. */
const findRefused = async (lab: Lab, first: Account, signal: AbortSignal): Promise<Bench['refused']> => {
  const worked = new Set(lab.known.map(({ route }) => route.path))
  const routes = lab.service.routes.filter(
    (route) =>
      route.method === 'GET' && !/[:*]/.test(route.path) && !worked.has(route.path) && !changesData(route),
  )
  const found: Bench['refused'] = []
  for (const { path } of routes.slice(0, MOST_ASKED)) {
    if (signal.aborted || found.length === MOST_REFUSED) break
    const request = { method: 'GET', path }
    const exchange = await lab.http.request({ ...request, headers: first.headers, signal })
    if (exchange.status === null) await revive(lab)
    if (turnsAway(exchange)) found.push({ operation: `GET ${path}`, request, exchange })
  }
  return found
}

const IDENTITY = /^(id|_id|uuid|sub|user_?id|username|email)$/i

const identityIn = (thing: unknown): Record<string, unknown> =>
  isThing(thing) ? Object.fromEntries(Object.entries(thing).filter(([name]) => IDENTITY.test(name))) : {}

const pair = (theirs: Bench['theirs'], one: Record<string, unknown>, other: Record<string, unknown>) => {
  for (const [name, value] of Object.entries(one)) {
    const instead = other[name]
    if (value != null && instead != null && String(value) !== String(instead))
      theirs.set(String(value), instead)
  }
}

/** Names of the second account, found where each account is shown its own. */
const learnTheirs = async (lab: Lab, signal: AbortSignal): Promise<Bench['theirs']> => {
  const theirs: Bench['theirs'] = new Map()
  const [first, second] = lab.accounts
  if (first === undefined || second === undefined) return theirs
  pair(theirs, identityIn(claimsIn(first.headers)), identityIn(claimsIn(second.headers)))
  const own = lab.known.filter(
    ({ request, route }) => request.method === 'GET' && !route.path.includes(':') && !changesData(route),
  )
  for (const { request } of own.slice(0, MOST_ASKED)) {
    if (signal.aborted) break
    const ask = async ({ headers }: Account) => {
      const exchange = await lab.http.request({
        ...request,
        headers: { ...request.headers, ...headers },
        signal,
      })
      const answer = isSuccess(exchange) ? parseJson(exchange.body) : null
      const [only, ...more] = isThing(answer) ? Object.values(answer) : []
      return identityIn(more.length === 0 && isThing(only) ? only : answer)
    }
    const one = await ask(first)
    if (Object.keys(one).length > 0) pair(theirs, one, await ask(second))
  }
  return theirs
}

export const openBench = async (lab: Lab, signal: AbortSignal): Promise<Bench> => {
  const [first] = lab.accounts
  return {
    ...{ lab, signal, store: storeOf(lab) },
    registrar: first === undefined ? null : await openRegistrar(lab),
    refused: first === undefined ? [] : await findRefused(lab, first, signal),
    theirs: await learnTheirs(lab, signal),
  }
}

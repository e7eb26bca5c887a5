import type { Account, KnownRequest, Lab, RequestOptions } from '../lab.ts'
import { fillFrom, leaves } from '../speak/account.ts'
import { credentialsIn, sessionHeaders } from '../speak/credentials.ts'
import { freshen } from '../speak/freshen.ts'
import { loginRoutes, registerRoutes } from '../speak/session.ts'
import { speakAs } from './load-request.ts'

/** An account made for load alone, with the request that logs it in again. */
export type Made = Account & { enter: RequestOptions }

type Making = Pick<Lab, 'http' | 'random' | 'known' | 'accounts' | 'service'>

/** Passwords take their time to hash: more accounts would take longer to make than a window lasts. */
const MOST_ACCOUNTS = 64
const BODY_LIMIT = 65_536

const knownOf = (known: readonly KnownRequest[], routes: readonly { path: string }[]) =>
  known.find(({ route }) => route.method === 'POST' && routes.some(({ path }) => path === route.path))

/** `Bearer` of `Bearer eyJ…`: how the accounts that are there carry their token. */
const schemeOf = ([first]: Lab['accounts']): string => {
  const [, value = 'Bearer '] =
    Object.entries(first?.headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? []
  return value.includes(' ') ? (value.split(' ')[0] ?? '') : ''
}

const headersFrom = async (lab: Making, request: RequestOptions): Promise<Account['headers'] | null> => {
  const exchange = await lab.http.request({ ...request, bodyLimit: BODY_LIMIT })
  if (exchange.status === null || exchange.status >= 300) return null
  const credentials = credentialsIn(exchange)
  if (credentials.token === null && credentials.cookie === null) return null
  return sessionHeaders(credentials, schemeOf(lab.accounts))
}

/** The request as somebody sends it who has no account yet. */
const asNobody = (request: RequestOptions, [first]: Lab['accounts']): RequestOptions =>
  first === undefined ? request : speakAs(request, first, { headers: {} })

const makeOne = async (lab: Making, register: KnownRequest, login: KnownRequest | undefined) => {
  const sent = freshen(asNobody(register.request, lab.accounts), lab.random)
  const registered = await lab.http.request({ ...sent, bodyLimit: BODY_LIMIT })
  if (registered.status !== register.status) return null
  const { token, cookie } = credentialsIn(registered)
  if (login === undefined) {
    if (token === null && cookie === null) return null
    return { headers: sessionHeaders({ token, cookie }, schemeOf(lab.accounts)), enter: sent }
  }
  const body = fillFrom(login.request.body, leaves(sent.body))
  const enter = { ...asNobody(login.request, lab.accounts), body }
  const headers = await headersFrom(lab, enter)
  return headers === null ? null : { headers, enter }
}

/** Accounts beside those that are there, by the app's own registration; fewer than wanted where it does not let us. */
export const makeAccounts = async (lab: Making, wanted: number, signal: AbortSignal): Promise<Made[]> => {
  const { routes } = lab.service
  const register = knownOf(lab.known, registerRoutes(routes))
  const login = knownOf(lab.known, loginRoutes(routes))
  const made: Made[] = []
  if (register === undefined || lab.accounts.length === 0) return made
  while (made.length < Math.min(wanted, MOST_ACCOUNTS) && !signal.aborted) {
    const one = await makeOne(lab, register, login)
    if (one === null) break
    made.push(one)
  }
  return made
}

/** The same accounts after a restart of the app, which may have forgotten who was logged in. */
export const enterAgain = async (lab: Making, made: readonly Made[]): Promise<Made[]> => {
  const again: Made[] = []
  for (const one of made) again.push({ ...one, headers: (await headersFrom(lab, one.enter)) ?? one.headers })
  return again
}

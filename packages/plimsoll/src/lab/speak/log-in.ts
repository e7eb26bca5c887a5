import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Route } from '../../model/system.ts'
import type { Lab } from '../lab.ts'
import { fillFrom, leaves, loginAs, rightsIn } from './account.ts'
import { bodyCandidates } from './candidates.ts'
import { changesData } from './changing-reads.ts'
import { freshen } from './freshen.ts'
import type { Harvest } from './harvest.ts'
import { isSuccess, observe } from './observe.ts'
import {
  type Credentials,
  credentialsIn,
  type Login,
  loginRoutes,
  registerRoutes,
  SCHEMES,
  sessionHeaders,
} from './session.ts'
import type { SpeakSources } from './speak.ts'
import { type Attempt, tryWrite } from './try-write.ts'

export type Session = {
  headers: Record<string, string>
  login: Login | null
  how: string
  /** how the account was made, and the scheme that its token travels by */
  registered: Attempt & { scheme: string }
}

const DEFAULT_ACCOUNT = {
  username: 'plimsoll{{word}}',
  name: 'Plimsoll {{word}}',
  email: 'plimsoll-{{word}}@example.com',
  password: 'Plimsoll-1-{{word}}',
}

const register = async (lab: Lab, sources: SpeakSources) => {
  for (const route of registerRoutes(sources.service.routes)) {
    const bodies = [
      ...bodyCandidates(route, sources).filter((body) => JSON.stringify(body) !== '{}'),
      DEFAULT_ACCOUNT,
    ]
    const attempt = await tryWrite(lab, { method: 'POST', path: route.path }, bodies)
    if (attempt !== null && isSuccess(attempt.observed.exchange)) return { ...attempt, route }
  }
  return null
}

const loginBodies = (route: Route, sources: SpeakSources, account: unknown): unknown[] => {
  const known = leaves(account)
  const subset = (keys: readonly string[]) =>
    Object.fromEntries(keys.filter((key) => key in known).map((key) => [key, known[key]]))
  return [
    ...bodyCandidates(route, sources)
      .filter((body) => JSON.stringify(body) !== '{}')
      .map((shape) => fillFrom(shape, known)),
    subset(['email', 'password']),
    subset(['username', 'password']),
    account,
  ]
}

/** The scheme that a guarded route accepts; `Bearer` when there is none to ask. */
const findScheme = async (lab: Lab, routes: readonly Route[], credentials: Credentials): Promise<string> => {
  if (credentials.token === null) return 'Bearer'
  for (const route of routes
    .filter((route) => route.method === 'GET' && !route.path.includes(':') && !changesData(route))
    .slice(0, 40)) {
    const bare = await observe(lab, { method: 'GET', path: route.path })
    if (bare.exchange.status !== 401 && bare.exchange.status !== 403) continue
    for (const scheme of SCHEMES) {
      const headers = sessionHeaders(credentials, scheme)
      const { exchange } = await observe(lab, { method: 'GET', path: route.path, headers })
      if (exchange.status !== null && exchange.status !== 401 && exchange.status < 500) return scheme
    }
    break
  }
  return 'Bearer'
}

const tryLogin = async (lab: Lab, sources: SpeakSources, account: unknown) => {
  for (const route of loginRoutes(sources.service.routes)) {
    const bodies = loginBodies(route, sources, account)
    const attempt = await tryWrite(lab, { method: 'POST', path: route.path }, bodies)
    if (attempt !== null && isSuccess(attempt.observed.exchange)) return { ...attempt, route }
  }
  return null
}

const carries = ({ token, cookie }: Credentials) => token !== null || cookie !== null

/**
 * Registers an account and logs in with it, where a pair of such routes can be inferred; null where not.
 * The account stays in the template database, so it exists in every lab.
 */
export const logIn = async (lab: Lab, sources: SpeakSources, harvest: Harvest): Promise<Session | null> => {
  const registered = await register(lab, sources)
  if (registered === null) return null
  const login = await tryLogin(lab, sources, registered.sent.body)
  const credentials = credentialsIn((login ?? registered).observed.exchange)
  if (!carries(credentials)) return null
  harvest.keep(registered.route.path, registered.observed.exchange.body)
  const scheme = await findScheme(lab, sources.service.routes, credentials)
  const request = login?.sent ?? null
  return {
    headers: sessionHeaders(credentials, scheme),
    login:
      login === null ? null : { route: login.route, request: login.sent, scheme, register: registered.sent },
    how: `registered through POST ${registered.sent.path}${request === null ? '' : `, logged in through POST ${request.path}`}`,
    registered: { ...registered, scheme },
  }
}

/**
 * A second account, made as the first one was; null where that does not work, or where the answers show that the two
 * have different rights.
 */
export const logInAnother = async (lab: Lab, first: Session): Promise<Session | null> => {
  const { request, sent, observed, scheme } = first.registered
  const register = freshen(request, lab.random)
  const registered = (await observe(lab, register)).exchange
  if (!isSuccess(registered) || rightsIn(registered) !== rightsIn(observed.exchange)) return null
  const login =
    first.login === null
      ? null
      : {
          ...first.login,
          register,
          request: {
            ...first.login.request,
            body: loginAs(first.login.request.body, sent.body, register.body),
          },
        }
  const answer = login === null ? registered : (await observe(lab, login.request)).exchange
  const credentials = credentialsIn(answer)
  if (!isSuccess(answer) || !carries(credentials)) return null
  return { ...first, headers: sessionHeaders(credentials, scheme), login }
}

const credentialsFrom = async (lab: Lab, request: RequestOptions): Promise<Credentials | null> => {
  const exchange = await lab.http.request({ ...request, timeoutMs: 5_000, bodyLimit: 65_536 })
  if (!isSuccess(exchange)) return null
  const credentials = credentialsIn(exchange)
  return carries(credentials) ? credentials : null
}

/** Logs in again in this lab, where the account is gone after registering again; the old headers when neither works. */
export const refreshSession = async (lab: Lab, session: Session): Promise<Record<string, string>> => {
  const { login } = session
  if (login === null) return session.headers
  const known = await credentialsFrom(lab, login.request)
  if (known !== null) return sessionHeaders(known, login.scheme)
  const made = await credentialsFrom(lab, login.register)
  const fresh = (await credentialsFrom(lab, login.request)) ?? made
  return fresh === null ? session.headers : sessionHeaders(fresh, login.scheme)
}

import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Route } from '../../model/system.ts'
import type { Lab } from '../lab.ts'
import { bodyCandidates } from './candidates.ts'
import { changesData } from './changing-reads.ts'
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
import { tryWrite } from './try-write.ts'

export type Session = { headers: Record<string, string>; login: Login | null; how: string }

const leaves = (value: unknown, out: Record<string, unknown> = {}): Record<string, unknown> => {
  if (value === null || typeof value !== 'object') return out
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== null && typeof inner === 'object') leaves(inner, out)
    else out[key] = inner
  }
  return out
}

/** The same values under the keys that the login wants, nested as it nests them. */
const fillFrom = (shape: unknown, known: Record<string, unknown>): unknown => {
  if (shape === null || typeof shape !== 'object' || Array.isArray(shape)) return shape
  return Object.fromEntries(
    Object.entries(shape).map(([key, inner]) => [
      key,
      inner !== null && typeof inner === 'object' ? fillFrom(inner, known) : (known[key] ?? inner),
    ]),
  )
}

const DEFAULT_ACCOUNT = {
  username: 'plimsoll{{word}}',
  name: 'Plimsoll {{word}}',
  email: 'plimsoll-{{word}}@example.com',
  password: 'Plimsoll-1-{{word}}',
}

const register = async (lab: Lab, sources: SpeakSources, harvest: Harvest) => {
  for (const route of registerRoutes(sources.service.routes)) {
    const bodies = [
      ...bodyCandidates(route, sources, harvest).filter((body) => JSON.stringify(body) !== '{}'),
      DEFAULT_ACCOUNT,
    ]
    const attempt = await tryWrite(lab, { method: 'POST', path: route.path }, bodies)
    if (attempt !== null && isSuccess(attempt.observed.exchange)) return attempt
  }
  return null
}

const loginBodies = (route: Route, sources: SpeakSources, harvest: Harvest, account: unknown): unknown[] => {
  const known = leaves(account)
  const subset = (keys: readonly string[]) =>
    Object.fromEntries(keys.filter((key) => key in known).map((key) => [key, known[key]]))
  return [
    ...bodyCandidates(route, sources, harvest)
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

const tryLogin = async (lab: Lab, sources: SpeakSources, harvest: Harvest, account: unknown) => {
  for (const route of loginRoutes(sources.service.routes)) {
    const bodies = loginBodies(route, sources, harvest, account)
    const attempt = await tryWrite(lab, { method: 'POST', path: route.path }, bodies)
    if (attempt !== null && isSuccess(attempt.observed.exchange)) return { ...attempt, route }
  }
  return null
}

/**
 * Registers an account and logs in with it, where a pair of such routes can be inferred; null where not.
 * The account stays in the template database, so it exists in every lab.
 */
export const logIn = async (lab: Lab, sources: SpeakSources, harvest: Harvest): Promise<Session | null> => {
  const registered = await register(lab, sources, harvest)
  if (registered === null) return null
  const login = await tryLogin(lab, sources, harvest, registered.sent.body)
  const credentials = credentialsIn((login ?? registered).observed.exchange)
  if (credentials.token === null && credentials.cookie === null) return null
  const scheme = await findScheme(lab, sources.service.routes, credentials)
  const request = login?.sent ?? null
  return {
    headers: sessionHeaders(credentials, scheme),
    login:
      login === null ? null : { route: login.route, request: login.sent, scheme, register: registered.sent },
    how: `registered through POST ${registered.sent.path}${request === null ? '' : `, logged in through POST ${request.path}`}`,
  }
}

const credentialsFrom = async (lab: Lab, request: RequestOptions): Promise<Credentials | null> => {
  const exchange = await lab.http.request({ ...request, timeoutMs: 5_000, bodyLimit: 65_536 })
  if (!isSuccess(exchange)) return null
  const credentials = credentialsIn(exchange)
  return credentials.token === null && credentials.cookie === null ? null : credentials
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

import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Route } from '../../model/system.ts'
import type { Lab } from '../lab.ts'
import { leaves } from './account.ts'
import { changesData } from './changing-reads.ts'
import {
  BASIC,
  BEARER,
  basicToken,
  type Credentials,
  carries,
  SCHEMES,
  sessionHeaders,
  type Travel,
} from './credentials.ts'
import { observe } from './observe.ts'
import type { SpeakSources } from './speak.ts'

/** What was found to open a guarded route, and how it has to be carried. */
export type Carried = {
  credentials: Credentials
  travel: Travel
  /** a path that refuses whoever has no session, and lets this one through; null where none was found */
  guarded: string | null
}

const MOST_ASKED = 40
const MOST_GUARDED = 3
const MOST_FILES = 3_000
const HEADER =
  /['"`\s](x-(?:access|auth|api|session|user|jwt)?-?(?:token|key|auth)|(?:api|auth|access)-?_?(?:key|token))['"`\s]/gi

/** Names of headers that the source mentions as such a token or key might travel by. */
const headersInSource = ({ project, service }: SpeakSources): string[] => {
  const files = project
    .under(service.dir, '.ts', '.js', '.mjs', '.cjs', '.py', '.yaml', '.yml', '.json')
    .filter((file) => !/package(?:-lock)?\.json$|(?:^|\/)(?:tests?|__tests__|node_modules)\//.test(file))
  const found = new Set<string>()
  for (const file of files.slice(0, MOST_FILES))
    for (const [, name] of project.text(file)?.matchAll(HEADER) ?? [])
      if (name !== undefined && /^x-|-/.test(name)) found.add(name.toLowerCase())
  return [...found].sort().slice(0, 6)
}

const toLogin = ({ status, headers }: Exchange) =>
  status !== null && status >= 300 && status < 400 && /log-?in|sign-?in|auth/i.test(headers.location ?? '')

/** Turned away for want of a session: 401, 403, or a redirect to where one logs in. */
export const turnsAway = (exchange: Exchange): boolean =>
  exchange.status === 401 || exchange.status === 403 || toLogin(exchange)

const passes = (bare: Exchange, exchange: Exchange) =>
  exchange.status !== null &&
  exchange.status < 500 &&
  exchange.status !== bare.status &&
  exchange.status !== 401 &&
  !toLogin(exchange)

type Guarded = { path: string; bare: Exchange }

const guardedReads = async (lab: Lab, routes: readonly Route[]): Promise<Guarded[]> => {
  const reads = routes.filter((route) => route.method === 'GET' && !changesData(route))
  const plain = reads.filter(({ path }) => !/[:*]/.test(path)).slice(0, MOST_ASKED)
  const below = reads.filter(({ path }) => path.includes(':') && !path.includes('*')).slice(0, 10)
  const found: Guarded[] = []
  for (const { path: pattern } of [...plain, ...below]) {
    const path = pattern.replace(/:\w+/g, '1')
    const { exchange } = await observe(lab, { method: 'GET', path })
    if (turnsAway(exchange)) found.push({ path, bare: exchange })
    if (found.length === MOST_GUARDED) break
  }
  return found
}

/** Ways that credentials may be carried, the likeliest first. */
const ways = (credentials: Credentials, account: unknown, headers: readonly string[]) => {
  const { token, cookie } = credentials
  const alone = { token, cookie: null }
  const fields = Object.entries(leaves(account))
  const text = (pattern: RegExp) =>
    fields
      .filter(([name, value]) => pattern.test(name) && typeof value === 'string')
      .map(([, v]) => String(v))
  const [password] = text(/^pass/i)
  return [
    ...(token === null
      ? []
      : [
          ...SCHEMES.map((scheme) => ({
            credentials: alone,
            travel: { header: 'authorization', scheme },
          })),
          ...headers.map((header) => ({ credentials: alone, travel: { header, scheme: '' } })),
        ]),
    ...(cookie === null ? [] : [{ credentials: { token: null, cookie }, travel: BEARER }]),
    ...(token !== null && cookie !== null ? [{ credentials, travel: BEARER }] : []),
    ...(password === undefined
      ? []
      : text(/user|login|mail/i).map((name) => ({
          credentials: { token: basicToken(name, password), cookie: null },
          travel: BASIC,
        }))),
  ]
}

/**
 * The way that a guarded route accepts; the likeliest way where there is none to ask, and null where nothing is had to
 * carry.
 * @param account the body that registered it, for basic authentication
 */
export const findTravel = async (
  lab: Lab,
  sources: SpeakSources,
  credentials: Credentials,
  account: unknown,
): Promise<Carried | null> => {
  const guarded = await guardedReads(lab, sources.service.routes)
  if (guarded.length > 0) {
    const headers = credentials.token === null ? [] : [...headersInSource(sources), 'x-api-key']
    for (const way of ways(credentials, account, [...new Set(headers)]))
      for (const { path, bare } of guarded) {
        const asked: RequestOptions = {
          method: 'GET',
          path,
          headers: sessionHeaders(way.credentials, way.travel),
        }
        const { exchange } = await observe(lab, asked)
        if (passes(bare, exchange)) return { ...way, guarded: path }
      }
  }
  return carries(credentials) ? { credentials, travel: BEARER, guarded: null } : null
}

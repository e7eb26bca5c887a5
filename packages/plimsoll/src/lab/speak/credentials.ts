import { parseJson } from '../../base/json/parse-json.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Entry } from '../lab.ts'

const TOKEN = /^(access_?-?token|auth_?-?token|id_?token|session_?-?token|token|jwt|bearer)$/i
const KEY = /^(x-)?(api_?-?key|access_?-?key|api_?-?token)$/i
const TOKEN_HEADERS = ['x-auth-token', 'x-access-token', 'x-token', 'auth-token', 'token', 'x-api-key']
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/

type Found = (name: string, value: string) => boolean

const textIn = (value: unknown, found: Found, depth = 0): string | null => {
  if (value === null || typeof value !== 'object' || depth > 4) return null
  for (const [name, inner] of Object.entries(value)) {
    if (/refresh/i.test(name)) continue
    if (typeof inner === 'string' && inner.length >= 8 && found(name, inner)) return inner
    const below = textIn(inner, found, depth + 1)
    if (below !== null) return below
  }
  return null
}

/** The best-named first: a token, then a key, then whatever is written as a token. */
const tokenInBody = (body: string): string | null => {
  const bare = body.trim().replace(/^"|"$/g, '')
  if (JWT.test(bare)) return bare
  const answer = parseJson(body)
  return (
    textIn(answer, (name) => TOKEN.test(name)) ??
    textIn(answer, (name) => KEY.test(name)) ??
    textIn(answer, (_, value) => JWT.test(value))
  )
}

const tokenInHeaders = (headers: Exchange['headers']): string | null =>
  headers.authorization?.replace(/^\w+ /, '') ??
  TOKEN_HEADERS.map((name) => headers[name]).find((value) => value !== undefined && value !== '') ??
  null

export type Credentials = { token: string | null; cookie: string | null }

/** `a=1; b=2` of what an answer sets: of two of one name the later counts, and one that is taken away is not carried. */
const cookiesIn = (set: string | undefined): string | null => {
  const kept = new Map<string, string>()
  for (const one of set?.split(/,(?=\s*[\w-]+=)|\n/) ?? []) {
    const pair = one.split(';')[0]?.trim() ?? ''
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    const isOver = /;\s*max-age=0\b|expires=thu,? 01[ -]jan[ -]1970/i.test(one)
    if (isOver || value === '' || value === '""') kept.delete(name)
    else kept.set(name, value)
  }
  return kept.size === 0 ? null : [...kept].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** What the answer to a login lets us carry: a token in the body or a header, cookies set. */
export const credentialsIn = ({ headers, body }: Exchange): Credentials => ({
  token: tokenInBody(body) ?? tokenInHeaders(headers),
  cookie: cookiesIn(headers['set-cookie']),
})

export const carries = ({ token, cookie }: Credentials) => token !== null || cookie !== null

/** How a token travels; cookies travel in the way of cookies. */
export type Travel = {
  /** `authorization`, `x-api-key` */
  header: string
  /** `Bearer`; empty where the token stands alone */
  scheme: string
}

export const BEARER: Travel = { header: 'authorization', scheme: 'Bearer' }
export const BASIC: Travel = { header: 'authorization', scheme: 'Basic' }

/** How a token may travel; the API tells which one it takes by not answering 401. */
export const SCHEMES = ['Bearer', 'Token', 'JWT', ''] as const

export const carrierOf = ({ token }: Credentials, { header, scheme }: Travel): Entry['carrier'] => {
  if (token === null) return 'cookie'
  if (scheme === 'Basic') return 'basic'
  return header === 'authorization' ? 'bearer' : 'header'
}

const unescaped = (value: string) => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** A form that is guarded by a token of the cookie's own wants that token beside the cookie as well. */
const crossSite = (cookie: string): Record<string, string> => {
  const value = /(?:^|; )[\w.-]*(?:csrf|xsrf)[\w.-]*=([^;]+)/i.exec(cookie)?.[1]
  if (value === undefined) return {}
  const token = unescaped(value)
  return { 'x-csrf-token': token, 'x-xsrf-token': token }
}

/** @param travel where the token goes; a text is its scheme in `authorization` */
export const sessionHeaders = (
  { token, cookie }: Credentials,
  travel: Travel | string = BEARER,
): Record<string, string> => {
  const { header, scheme } = typeof travel === 'string' ? { header: 'authorization', scheme: travel } : travel
  return {
    ...(token !== null && { [header]: scheme === '' ? token : `${scheme} ${token}` }),
    ...(cookie !== null && { cookie, ...crossSite(cookie) }),
  }
}

export const basicToken = (name: string, password: string) =>
  Buffer.from(`${name}:${password}`, 'utf8').toString('base64')

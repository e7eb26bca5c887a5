import { parseJson } from '../../base/json/parse-json.ts'
import type { Account, KnownRequest, Lab, NewAccount, RequestOptions } from '../../lab/lab.ts'
import { fillFrom, leaves, loginAs } from '../../lab/speak/account.ts'
import {
  type Credentials,
  carries,
  credentialsIn,
  sessionHeaders,
  type Travel,
} from '../../lab/speak/credentials.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { idOf, thingsIn } from '../../lab/speak/things.ts'
import type { Exchange } from '../../model/evidence.ts'
import { isThing } from './body.ts'

export const BODY_LIMIT = 65_536

/** Claims that the token of a session carries, signed by the service. */
export const claimsIn = (headers: Record<string, string>): Record<string, unknown> | null => {
  const [, payload] = (headers.authorization ?? '').replace(/^\w+ /, '').split('.')
  const claims = payload === undefined ? null : parseJson(Buffer.from(payload, 'base64url').toString())
  return isThing(claims) ? claims : null
}

/** What an answer calls the first thing in it. */
export const idIn = (path: string, { body }: Exchange, sent: string): string | number | undefined => {
  const [first, second] = thingsIn(path, parseJson(body), sent)
  return (first && idOf(first)) ?? (second && idOf(second))
}

/** The same request in the name of another account; null where it carries nobody's session. */
export const speakAs = (
  request: RequestOptions,
  first: Account | undefined,
  other: Account,
): RequestOptions | null => {
  if (first === undefined) return null
  const carries = Object.entries(first.headers).some(([name, value]) => request.headers?.[name] === value)
  return carries ? { ...request, headers: { ...request.headers, ...other.headers } } : null
}

/** An account made for one operation: it may spoil its own things. */
export type Throwaway = Account & { id: string | number | undefined; sent: RequestOptions }

type Registered = { actor: Throwaway | null; exchange: Exchange; session: Exchange | null }

/** How the session of an account travels, as its headers show. */
const travelOf = (headers: Record<string, string>): Travel | null => {
  const header = Object.keys(headers).find((name) => !/^cookie$|csrf|xsrf/i.test(name))
  if (header === undefined) return null
  const [, scheme = ''] = /^(\w+) ./.exec(headers[header] ?? '') ?? []
  return { header, scheme: header.toLowerCase() === 'authorization' ? scheme : '' }
}

const headersFrom = (answer: Exchange, model: Record<string, string>): Record<string, string> | null => {
  const travel = travelOf(model)
  const { token, cookie } = credentialsIn(answer)
  const found: Credentials = {
    token: travel === null ? null : token,
    cookie: 'cookie' in model ? cookie : null,
  }
  return carries(found) ? sessionHeaders(found, travel ?? undefined) : null
}

/** How accounts are made and let in, learnt from one that was. */
export type Registrar = {
  known: KnownRequest
  register(request: RequestOptions, signal: AbortSignal): Promise<Registered>
  /** logs an account of its own in again; the headers that it has where that is not needed */
  renew(actor: Throwaway, signal: AbortSignal): Promise<Account>
}

const registrationOf = ({ known, entry }: Lab): KnownRequest | null => {
  if (entry?.register == null) return null
  const { route, request } = entry.register
  const found = known.find((one) => one.route.method === route.method && one.route.path === route.path)
  return {
    ...(found ?? { route, status: 200, statements: {}, writes: {}, how: 'learned' as const }),
    request,
  }
}

/** null where accounts cannot be made */
export const openRegistrar = async (lab: Lab): Promise<Registrar | null> => {
  const known = registrationOf(lab)
  const model: NewAccount | null = known === null ? null : ((await lab.newAccount?.()) ?? null)
  if (known === null || model === null || lab.entry?.carrier === 'basic') return null
  const loginOf = (sent: RequestOptions): RequestOptions | null => {
    if (model.login === null) return null
    const swapped = loginAs(model.login.body, model.registered.body, sent.body)
    return { ...model.login, body: fillFrom(swapped, leaves(sent.body)) }
  }
  const enter = async (sent: RequestOptions, registered: Exchange | null, signal: AbortSignal) => {
    const login = loginOf(sent)
    const session =
      login === null ? null : await lab.http.request({ ...login, bodyLimit: BODY_LIMIT, signal })
    const from = session ?? registered
    return { session, headers: from !== null && isSuccess(from) ? headersFrom(from, model.headers) : null }
  }
  return {
    known,
    async register(request, signal) {
      const sent = freshen(request, lab.random)
      const exchange = await lab.http.request({ ...sent, bodyLimit: BODY_LIMIT, signal })
      if (!isSuccess(exchange)) return { actor: null, exchange, session: null }
      const { session, headers } = await enter(sent, exchange, signal)
      const claims = headers === null ? null : claimsIn(headers)
      const claimed = claims?.sub ?? claims?.id ?? claims?.userId
      const id =
        idIn(known.route.path, exchange, sent.path) ??
        (typeof claimed === 'string' || typeof claimed === 'number' ? claimed : undefined)
      return { actor: headers === null ? null : { headers, id, sent }, exchange, session }
    },
    async renew(actor, signal) {
      const { headers } = await enter(actor.sent, null, signal)
      return { headers: headers ?? actor.headers }
    },
  }
}

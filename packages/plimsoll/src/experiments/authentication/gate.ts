import type { Account, KnownRequest, Lab, RequestOptions } from '../../lab/lab.ts'
import { speakAs, speaksAs } from '../../lab/load/load-request.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import type { Exchange } from '../../model/evidence.ts'
import { isLike, isRefused, succeeds } from './answers.ts'

/** An operation that lets a session in and nobody else: what tells a good credential from a bad one. */
export type Gate = {
  operation: string
  request: RequestOptions
  good: Exchange
  none: Exchange
  garbage: Exchange
  /** asks it with these headers in the place of the first account's */
  ask(headers: Record<string, string>): Promise<Exchange>
  opens(answer: Exchange): boolean
}

const MOST_ASKED = 15
export const BODY_LIMIT = 65_536

/** Every letter of the credential turned by one place, its form kept: a token of nobody. */
const garble = (value: string) =>
  value.replace(/(?<=[\w.-]{6})[a-z]/gi, (letter) => (letter === 'q' ? 'r' : letter === 'Q' ? 'R' : 'q'))

const SESSION = /^(authorization|cookie)$|token|key|auth/i

export const garbled = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SESSION.test(name) ? garble(value) : value]),
  )

const parameters = ({ route }: KnownRequest) => route.path.split(':').length - 1

/** Reads that are ours first, those of no thing in particular before others; the signature of `me` before all. */
const candidates = (lab: Lab, account: Account): KnownRequest[] =>
  lab.known
    .filter(({ request }) => request.method === 'GET' && speaksAs(request, account))
    .sort((a, b) => parameters(a) - parameters(b) || rank(a) - rank(b))
    .slice(0, MOST_ASKED)

const rank = ({ route }: KnownRequest) =>
  /\/(me|profile|account|user|whoami|self)\/?$/i.test(route.path) ? 0 : 1

export const openGate = async (
  lab: Lab,
  account: Account,
  person: Account,
  signal: AbortSignal,
): Promise<Gate | null> => {
  for (const { route, request } of candidates(lab, account)) {
    if (signal.aborted) return null
    const sent = freshen(request, lab.random)
    const ask = (headers: Record<string, string>) =>
      lab.http.request({ ...speakAs(sent, account, { headers }), bodyLimit: BODY_LIMIT, signal })
    const good = await ask(person.headers)
    if (!succeeds(good)) continue
    const none = await ask({})
    if (!isRefused(good, none)) continue
    const garbage = await ask(garbled(person.headers))
    if (!isRefused(good, garbage)) continue
    const opens = (answer: Exchange) => isLike(good, answer)
    return { operation: `${route.method} ${route.path}`, request: sent, good, none, garbage, ask, opens }
  }
  return null
}

import type { z } from 'zod'
import type { KnownRequest, Lab, RequestOptions } from '../../lab/lab.ts'
import { speakAs } from '../../lab/load/load-request.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import type { Exchange } from '../../model/evidence.ts'
import { cut, succeeds } from './answers.ts'
import { enterAs } from './enter.ts'
import type { Gate } from './gate.ts'
import { statelessIn } from './jwt.ts'
import { exchangeTexts, meetPerson, PASSWORD, type Person, passwordIn, withPassword } from './person.ts'
import type { Ending } from './seen.ts'

type Ended = z.infer<typeof Ending>

const ended = (
  gate: Gate,
  headers: Record<string, string>,
  { operation, act, before, after }: Pick<Ended, 'operation' | 'act' | 'before' | 'after'>,
): Ended => {
  const stateless = statelessIn(headers)
  return {
    operation,
    act: cut(act),
    before: cut(before),
    after: cut(after),
    opens: gate.opens(after),
    isToken: stateless !== null,
    tokenLifeSeconds: stateless?.lifeSeconds ?? null,
  }
}

const accepts = (exchange: Exchange) =>
  succeeds(exchange) || (exchange.status !== null && exchange.status >= 300 && exchange.status < 400)

/** Logs a fresh session out and asks with it again; null where the app has no logout, or none that works. */
export const tryLogout = async (lab: Lab, gate: Gate): Promise<Ended | null> => {
  const route = lab.entry?.logout ?? null
  const person = route === null ? null : await meetPerson(lab)
  if (route === null || person === null || !person.own) return null
  const before = await gate.ask(person.headers)
  if (!gate.opens(before)) return null
  const method = route.method === 'ANY' ? 'POST' : route.method
  const act = await lab.http.request({
    method,
    path: route.path,
    headers: person.headers,
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }),
  })
  if (!accepts(act)) return null
  const after = await gate.ask(person.headers)
  return ended(gate, person.headers, { operation: `${method} ${route.path}`, act, before, after })
}

const CHANGES = /pass(?:word|wd)?/i
const RECOVERS = /reset|forgot|recover|request/i

const changeRequest = (lab: Lab): KnownRequest | null =>
  lab.known.find(
    ({ route, request }) =>
      route.method !== 'GET' &&
      CHANGES.test(route.path) &&
      !RECOVERS.test(route.path) &&
      passwordIn(request.body) !== null,
  ) ?? null

const CURRENT = /old|current|existing|actual|previous/i
export const NEW_PASSWORD = 'Plimsoll-2-changed'

/** `/users/ann/password` of `/users/:username/password`: a parameter that names an account names this one. */
const ownPath = ({ route }: KnownRequest, path: string, { registered }: Person): string => {
  const own = textsOf(registered?.body)
  const filled = path.split('/')
  route.path.split('/').forEach((part, index) => {
    const value = part.startsWith(':') ? own.get(part.slice(1)) : undefined
    if (value !== undefined) filled[index] = encodeURIComponent(value)
  })
  return filled.join('/')
}

/** The change as this person asks for it: its own names in the place of the first account's. */
const changeFor = (lab: Lab, known: KnownRequest, person: Person): RequestOptions => {
  const [account] = lab.accounts
  const mine = textsOf(lab.entry?.login?.request.body)
  const theirs = textsOf(person.login?.body)
  const swap = (text: string) =>
    [...mine].reduce((swapped, [name, value]) => swapped.replaceAll(value, theirs.get(name) ?? value), text)
  const sent = freshen(known.request, lab.random)
  const request = account === undefined ? sent : speakAs(sent, account, person)
  const current = passwordIn(person.login?.body) ?? ''
  return {
    ...request,
    path: swap(ownPath(known, request.path, person)),
    body: exchangeTexts(request.body, (name, value) => {
      if (CURRENT.test(name)) return current
      return PASSWORD.test(name) ? NEW_PASSWORD : swap(value)
    }),
  }
}

const textsOf = (body: unknown): Map<string, string> => {
  const found = new Map<string, string>()
  exchangeTexts(body, (name, value) => {
    if (!PASSWORD.test(name)) found.set(name, value)
    return value
  })
  return found
}

/** Two sessions of a fresh account: one changes the password, the other is asked with again. */
export const tryPasswordChange = async (lab: Lab, gate: Gate): Promise<Ended | null> => {
  const known = changeRequest(lab)
  const person = known === null ? null : await meetPerson(lab)
  if (known === null || person?.login == null || !person.own) return null
  const second = await enterAs(lab, person.login, person.headers)
  if (second === null) return null
  const before = await gate.ask(second)
  if (!gate.opens(before)) return null
  const act = await lab.http.request(changeFor(lab, known, person))
  const changed = await enterAs(lab, withPassword(person.login, NEW_PASSWORD), person.headers)
  if (!accepts(act) || changed === null || !gate.opens(await gate.ask(changed))) return null
  const after = await gate.ask(second)
  const operation = `${known.route.method} ${known.route.path}`
  return ended(gate, second, { operation, act, before, after })
}

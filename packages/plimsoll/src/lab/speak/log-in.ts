import type { RequestOptions } from '../../instruments/http/http.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Route } from '../../model/system.ts'
import type { Entry, Lab } from '../lab.ts'
import { fillFrom, leaves, loginAs, rightsIn } from './account.ts'
import { bodyCandidates } from './candidates.ts'
import { confirmAccount } from './confirm-account.ts'
import { type Credentials, carrierOf, credentialsIn, sessionHeaders, type Travel } from './credentials.ts'
import { freshen } from './freshen.ts'
import type { Harvest } from './harvest.ts'
import { isSuccess, observe } from './observe.ts'
import { keyRoutes, loginRoutes, registerRoutes } from './session.ts'
import type { SpeakSources } from './speak.ts'
import { type Carried, findTravel, turnsAway } from './travel.ts'
import { type Attempt, tryWrite } from './try-write.ts'

type Sent = Attempt & { route: Route }

/** A login that worked, to be sent again in each lab: sessions may live in the app's memory. */
export type Login = {
  route: Route
  request: RequestOptions
  /** made the account; sent again where the app forgot it, as one that keeps its data in memory does; null: seeded */
  register: RequestOptions | null
}

export type Session = {
  headers: Record<string, string>
  travel: Travel
  carrier: Entry['carrier']
  login: Login | null
  how: string
  /** refuses whoever has no session; null where no such path was found */
  guarded: string | null
  /** how the account was made; null where it was there */
  registered: Sent | null
  /** what the answers say of its rights */
  rights: string
  /** where the app shows that an account was confirmed, which has to be done before it may log in; null: it need not */
  confirmedBy: readonly Route[] | null
}

const DEFAULT_ACCOUNT = {
  username: 'plimsoll{{word}}',
  name: 'Plimsoll {{word}}',
  email: 'plimsoll{{word}}@example.com',
  password: 'Plimsoll-1-{{word}}',
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const MOST_REGISTRATIONS = 4

const filled = (bodies: readonly unknown[]) => bodies.filter((body) => JSON.stringify(body) !== '{}')

/** A page for people answers with a redirect, back to the form where it refuses. */
const letsIn = (exchange: Exchange): boolean =>
  isSuccess(exchange) ||
  ((exchange.status === 302 || exchange.status === 303) &&
    exchange.headers['set-cookie'] !== undefined &&
    !/log-?in|sign-?in|regist|sign-?up|error|fail/i.test(exchange.headers.location ?? ''))

/** Many a page leads from the registration to the login, and gives nothing yet. */
const takesIn = (exchange: Exchange): boolean =>
  letsIn(exchange) ||
  ((exchange.status === 302 || exchange.status === 303) &&
    !/regist|sign-?up|error|fail/i.test(exchange.headers.location ?? 'error'))

const trySending = async (
  lab: Lab,
  { method, path }: Pick<Route, 'method' | 'path'>,
  bodies: readonly unknown[],
  isAccepted: (exchange: Exchange) => boolean,
): Promise<Attempt | null> => {
  const attempt = await tryWrite(lab, { method, path }, bodies)
  if (attempt !== null && isAccepted(attempt.observed.exchange)) return attempt
  const status = attempt?.observed.exchange.status ?? null
  if (status === 404 || status === 429) return null
  for (const body of bodies) {
    const request = { method, path, headers: FORM, body }
    const sent = freshen(request, lab.random)
    const observed = await observe(lab, sent)
    if (isAccepted(observed.exchange)) return { request, sent, observed, how: 'learned' }
  }
  return null
}

const register = async (lab: Lab, sources: SpeakSources, route: Route): Promise<Sent | null> => {
  const bodies = [...filled(bodyCandidates(route, sources)), DEFAULT_ACCOUNT]
  const attempt = await trySending(lab, route, bodies, takesIn)
  return attempt === null ? null : { ...attempt, route }
}

const loginBodies = (route: Route, sources: SpeakSources, account: unknown): unknown[] => {
  const known = leaves(account)
  const subset = (keys: readonly string[]) =>
    Object.fromEntries(keys.filter((key) => key in known).map((key) => [key, known[key]]))
  return [
    ...filled(bodyCandidates(route, sources)).map((shape) => fillFrom(shape, known)),
    subset(['email', 'password']),
    subset(['username', 'password']),
    account,
  ]
}

const MOST_LOGINS = 3

/** Every login that accepts the account, the likeliest first. */
async function* logins(lab: Lab, sources: SpeakSources, account: unknown): AsyncGenerator<Sent> {
  for (const route of loginRoutes(sources.service.routes).slice(0, MOST_LOGINS)) {
    const attempt = await trySending(lab, route, loginBodies(route, sources, account), letsIn)
    if (attempt !== null) yield { ...attempt, route }
  }
}

/** The first login that accepts the account. */
export const tryLogin = async (lab: Lab, sources: SpeakSources, account: unknown): Promise<Sent | null> =>
  (await logins(lab, sources, account).next()).value ?? null

type Entered = { login: Sent | null; carried: Carried; isConfirmed: boolean }

/** A cookie that opens nothing may be one that any visitor is given: another login may give more. */
const opens = ({ carried }: Pick<Entered, 'carried'>) =>
  carried.guarded !== null || carried.credentials.token !== null

/** The best of the logins that accept the account; `none` where no login does. */
const enterThrough = async (
  lab: Lab,
  sources: SpeakSources,
  account: unknown,
): Promise<Omit<Entered, 'isConfirmed'> | null | 'none'> => {
  let best: Omit<Entered, 'isConfirmed'> | null = null
  let isAccepted = false
  for await (const login of logins(lab, sources, account)) {
    isAccepted = true
    const carried = await findTravel(lab, sources, credentialsIn(login.observed.exchange), account)
    if (carried === null) continue
    const entered = { login, carried }
    if (opens(entered)) return entered
    best ??= entered
  }
  return isAccepted ? best : 'none'
}

const enterFirstTime = async (
  lab: Lab,
  sources: SpeakSources,
  registered: Sent,
  needsLogin: boolean,
): Promise<Entered | null> => {
  const account = registered.sent.body
  const { exchange } = registered.observed
  if (needsLogin) {
    const first = await enterThrough(lab, sources, account)
    if (first !== 'none') return first === null ? null : { ...first, isConfirmed: false }
  }
  const carried = await findTravel(lab, sources, credentialsIn(exchange), account)
  if (carried !== null) return { login: null, carried, isConfirmed: false }
  if (!needsLogin || !(await confirmAccount(lab, sources.service.routes, account, exchange.atMs))) return null
  const second = await enterThrough(lab, sources, account)
  return second === null || second === 'none' ? null : { ...second, isConfirmed: true }
}

const sessionOf = async (
  lab: Lab,
  sources: SpeakSources,
  registered: Sent,
  needsLogin: boolean,
): Promise<Session | null> => {
  const entered = await enterFirstTime(lab, sources, registered, needsLogin)
  if (entered === null) return null
  const { login, carried, isConfirmed } = entered
  const { credentials, travel, guarded } = carried
  const confirmed = isConfirmed ? ', confirmed' : ''
  const through = login === null ? '' : `, logged in through POST ${login.sent.path}`
  return {
    headers: sessionHeaders(credentials, travel),
    travel,
    carrier: carrierOf(credentials, travel),
    login: login === null ? null : { route: login.route, request: login.sent, register: registered.sent },
    how: `registered through ${registered.sent.method} ${registered.sent.path}${confirmed}${through}`,
    guarded,
    registered,
    rights: rightsIn(registered.observed.exchange),
    confirmedBy: isConfirmed ? sources.service.routes : null,
  }
}

/**
 * Registers an account and logs in with it, where a pair of such routes can be inferred; null where not.
 * The account stays in the template database, so it exists in every lab.
 */
export const logIn = async (lab: Lab, sources: SpeakSources, harvest: Harvest): Promise<Session | null> => {
  const { routes } = sources.service
  const usual = registerRoutes(routes)
  const ways = [...usual, ...keyRoutes(routes).filter((route) => !usual.includes(route))]
  for (const route of ways.slice(0, MOST_REGISTRATIONS)) {
    const registered = await register(lab, sources, route)
    const session =
      registered === null ? null : await sessionOf(lab, sources, registered, usual.includes(route))
    if (registered === null || session === null) continue
    harvest.keep(registered.route.path, registered.observed.exchange.body)
    return session
  }
  return null
}

/** What the answer lets in that was given to a session like this one: nothing but the account changes. */
const credentialsLike = (session: Session, answer: Exchange, sent: RequestOptions): Credentials | null => {
  if (session.carrier === 'basic') return basicLike(session, sent)
  const { token, cookie } = credentialsIn(answer)
  if (session.carrier === 'cookie') return cookie === null ? null : { token: null, cookie }
  return token === null ? null : { token, cookie: 'cookie' in session.headers ? cookie : null }
}

const basicLike = ({ headers, registered }: Session, sent: RequestOptions): Credentials | null => {
  const encoded = headers.authorization?.replace(/^Basic /, '') ?? ''
  const [name, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  const other = loginAs({ name, password: password.join(':') }, registered?.sent.body, sent.body)
  const { name: theirs, password: secret } = leaves(other)
  return { token: Buffer.from(`${theirs}:${secret}`, 'utf8').toString('base64'), cookie: null }
}

const ask = (lab: Lab, request: RequestOptions) =>
  lab.http.request({ ...request, timeoutMs: 5_000, bodyLimit: 65_536 })

/** What the answer to this request gives a session like this one; null where it does not let in. */
export const enter = async (
  lab: Lab,
  session: Session,
  request: RequestOptions,
): Promise<{ headers: Record<string, string>; exchange: Exchange } | null> => {
  const exchange = await ask(lab, request)
  if (!letsIn(exchange)) return null
  const credentials = credentialsLike(session, exchange, request)
  return credentials === null ? null : { headers: sessionHeaders(credentials, session.travel), exchange }
}

const enterAgain = async (lab: Lab, session: Session, request: RequestOptions) =>
  (await enter(lab, session, request))?.headers ?? null

/** One more account, made as that of a session was. */
export type Made = { session: Session; register: RequestOptions; answer: Exchange }

/** Registers once more, placeholders filled anew, and logs in; null where that does not work. */
export const makeLike = async (lab: Lab, first: Session): Promise<Made | null> => {
  if (first.registered === null) return null
  const { request, sent } = first.registered
  const register = freshen(request, lab.random)
  const answer = await ask(lab, register)
  if (!takesIn(answer)) return null
  if (first.confirmedBy !== null) await confirmAccount(lab, first.confirmedBy, register.body, answer.atMs)
  const rights = rightsIn(answer)
  if (first.login === null) {
    const credentials = credentialsLike(first, answer, register)
    if (credentials === null) return null
    const headers = sessionHeaders(credentials, first.travel)
    const registered = { ...first.registered, sent: register }
    return { session: { ...first, headers, registered, rights }, register, answer }
  }
  const body = loginAs(first.login.request.body, sent.body, register.body)
  const login = { ...first.login, register, request: { ...first.login.request, body } }
  const headers = await enterAgain(lab, first, login.request)
  const registered = { ...first.registered, sent: register }
  return headers === null
    ? null
    : { session: { ...first, headers, login, registered, rights }, register, answer }
}

/**
 * A second account, made as the first one was; null where that does not work, or where the answers show that the two
 * have different rights.
 */
export const logInAnother = async (lab: Lab, first: Session): Promise<Session | null> => {
  const made = await makeLike(lab, first)
  return made === null || made.session.rights !== first.rights ? null : made.session
}

/** Where nothing but the registration lets in, the app may have forgotten who registered. */
const registerAgain = async (lab: Lab, session: Session): Promise<Record<string, string>> => {
  const { guarded, registered, headers } = session
  if (guarded === null || registered === null) return headers
  if (!turnsAway(await ask(lab, { method: 'GET', path: guarded, headers }))) return headers
  return (await enterAgain(lab, session, registered.sent)) ?? headers
}

/** Logs in again in this lab, where the account is gone after registering again; the old headers when neither works. */
export const refreshSession = async (lab: Lab, session: Session): Promise<Record<string, string>> => {
  const { login, headers } = session
  if (login === null) return registerAgain(lab, session)
  const known = await enterAgain(lab, session, login.request)
  if (known !== null || login.register === null) return { ...headers, ...known }
  const fromMs = lab.nowMs()
  const made = await enterAgain(lab, session, login.register)
  if (session.confirmedBy !== null)
    await confirmAccount(lab, session.confirmedBy, login.register.body, fromMs)
  return { ...headers, ...((await enterAgain(lab, session, login.request)) ?? made) }
}

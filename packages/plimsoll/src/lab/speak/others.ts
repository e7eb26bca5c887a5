import type { AccessWishes } from '../../model/config.ts'
import type { Route } from '../../model/system.ts'
import type { Lab, Principal } from '../lab.ts'
import { fillFrom, leaves, rightsIn } from './account.ts'
import { carrierOf, credentialsIn, sessionHeaders } from './credentials.ts'
import { requestOf } from './declared.ts'
import { enter, refreshSession, type Session, tryLogin } from './log-in.ts'
import { type Seeded, seededAccounts } from './seeded.ts'
import type { SpeakSources } from './speak.ts'
import { findTravel } from './travel.ts'

/** Somebody who was there before we came, or was declared. */
export type Other = Omit<Principal, 'headers'> & { session: Session }

/** Enough for an administrator and two who are none. */
const MOST = 3

type Declared = NonNullable<AccessWishes['accounts']>[string]

const withHeaders = (headers: Record<string, string>, like: Session | null): Session => ({
  headers,
  travel: like?.travel ?? { header: 'authorization', scheme: 'Bearer' },
  carrier:
    like?.carrier ?? ('cookie' in headers ? 'cookie' : 'authorization' in headers ? 'bearer' : 'header'),
  login: null,
  how: 'declared',
  guarded: null,
  registered: null,
  rights: '[]',
  confirmedBy: null,
})

const byLogin = async (lab: Lab, sources: SpeakSources, { login }: Declared): Promise<Session | null> => {
  if (login === undefined) return null
  const { route, request } = requestOf(login, sources.service.routes)
  const answer = await lab.http.request({ ...request, bodyLimit: 65_536 })
  if (answer.status === null || answer.status >= 400) return null
  const carried = await findTravel(lab, sources, credentialsIn(answer), request.body)
  if (carried === null) return null
  const { credentials, travel, guarded } = carried
  return {
    headers: sessionHeaders(credentials, travel),
    travel,
    carrier: carrierOf(credentials, travel),
    login: { route, request, register: null },
    how: `declared, logged in through ${route.method} ${route.path}`,
    guarded,
    registered: null,
    rights: rightsIn(answer),
    confirmedBy: null,
  }
}

/** Accounts of the configuration; one whose login does not work is left out. */
export const declaredOthers = async (
  lab: Lab,
  sources: SpeakSources,
  like: Session | null,
): Promise<Other[]> => {
  const found: Other[] = []
  for (const [name, account] of Object.entries(sources.config.access?.accounts ?? {})) {
    const { headers } = account
    const entered = await byLogin(lab, sources, account)
    const session =
      entered === null && headers === undefined
        ? null
        : { ...(entered ?? withHeaders({}, like)), headers: { ...entered?.headers, ...headers } }
    if (session !== null) found.push({ name, role: account.role ?? 'user', how: session.how, session })
  }
  return found
}

const SAYS_ADMIN =
  /"(?:role|roles|type|group|authority)","?[^"]*(?:admin|root|owner)|"(?:is_?)?(?:super)?_?(?:admin|superuser|staff)","?(?:true|1)/i

const asAccount = ({ name, password }: Seeded) => ({
  username: name,
  login: name,
  name,
  user: name,
  email: name,
  password,
})

/** As the account that registered logs in; a name that is no address is none for a login by address. */
const enterLike = async (lab: Lab, one: Seeded, like: Session): Promise<Session | null> => {
  if (like.login === null) return null
  const { route, request } = like.login
  const names = Object.keys(leaves(request.body))
  const byAddress =
    names.some((key) => /mail/i.test(key)) && !names.some((key) => /user|login|name/i.test(key))
  if (byAddress && !one.name.includes('@')) return null
  const sent = { ...request, body: fillFrom(request.body, asAccount(one)) }
  const entered = await enter(lab, like, sent)
  if (entered === null) return null
  const { headers, exchange } = entered
  const login = { route, request: sent, register: null }
  return { ...like, headers, login, registered: null, rights: rightsIn(exchange), how: howOf(one, route) }
}

const howOf = ({ where }: Seeded, { method, path }: Pick<Route, 'method' | 'path'>) =>
  `an account of ${where}, logged in through ${method} ${path}`

const enterFirst = async (lab: Lab, sources: SpeakSources, one: Seeded): Promise<Session | null> => {
  const login = await tryLogin(lab, sources, asAccount(one))
  if (login === null) return null
  const { exchange } = login.observed
  const carried = await findTravel(lab, sources, credentialsIn(exchange), asAccount(one))
  if (carried === null) return null
  const { credentials, travel, guarded } = carried
  return {
    headers: sessionHeaders(credentials, travel),
    travel,
    carrier: carrierOf(credentials, travel),
    login: { route: login.route, request: login.sent, register: null },
    how: howOf(one, login.route),
    guarded,
    registered: null,
    rights: rightsIn(exchange),
    confirmedBy: null,
  }
}

/** Accounts that the repo itself gives away in plain text and that log in, administrators first. */
export const seededOthers = async (
  lab: Lab,
  sources: SpeakSources,
  like: Session | null,
): Promise<Other[]> => {
  const found: Other[] = []
  const taken = new Set<string>()
  for (const one of seededAccounts(sources.project, sources.service, sources.config)) {
    if (found.length === MOST) break
    if (taken.has(one.name) || (one.admin && found.some(({ role }) => role === 'admin'))) continue
    const known = like ?? found[0]?.session ?? null
    const session = known === null ? await enterFirst(lab, sources, one) : await enterLike(lab, one, known)
    if (session === null) continue
    taken.add(one.name)
    const role = one.admin || SAYS_ADMIN.test(session.rights) ? 'admin' : 'user'
    found.push({ name: role === 'admin' ? 'admin' : one.name, role, how: session.how, session })
  }
  return found
}

/** The same principals as they are in this lab. */
export const refreshOthers = async (lab: Lab, others: readonly Other[]): Promise<Principal[]> => {
  const fresh: Principal[] = []
  for (const { session, ...rest } of others)
    fresh.push({ ...rest, headers: await refreshSession(lab, session) })
  return fresh
}

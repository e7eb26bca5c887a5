import type { Project } from '../../instruments/source/project.ts'
import type { Config } from '../../model/config.ts'
import type { LabRecord } from '../../model/run.ts'
import type { Route, Service, System } from '../../model/system.ts'
import { addKeys } from '../idempotency/find-keys.ts'
import type { KnownRequest, Lab, SigningKey } from '../lab.ts'
import { watchIdle } from './background.ts'
import { changesData, makesData } from './changing-reads.ts'
import { declaredRequests } from './declared.ts'
import { entryOf, newAccount } from './entry.ts'
import { createHarvest, type Harvest } from './harvest.ts'
import { refreshSession, type Session } from './log-in.ts'
import { meet } from './meet.ts'
import { type Observing, observe } from './observe.ts'
import { type Other, refreshOthers } from './others.ts'
import { keep, type Reached, reachReads, reachWrites } from './reach.ts'
import { findSigningKey } from './signing-key.ts'
import { takesNewName } from './upsert.ts'

/** What a read started and did not wait for is no background job. */
const SETTLE_MS = 200

export type SpeakSources = { config: Config; project: Project; system: System; service: Service }

/** What stays in the template database: an account, and one of each thing that the API lets us create. */
export type Planted = {
  session: Session | null
  /** a second account with equal rights */
  another: Session | null
  /** everybody else who can be spoken as */
  others: readonly Other[]
  harvest: Harvest
  /** GET routes asked once to make the app's tables: `GET /createdb` */
  asked: readonly string[]
}

/** What of a lab has to do with who speaks. */
export type Spoken = Pick<Lab, 'known' | 'accounts' | 'others' | 'entry' | 'newAccount' | 'open'>

/** How to speak to this API: requests known to work in any fresh lab, and how to log in again. */
export type Voice = {
  known: readonly KnownRequest[]
  reach: LabRecord['reach']
  /** logs in again in this lab */
  refresh(lab: Lab): Promise<Spoken>
}

/** Routes to speak to, each once; a method of `ANY` is spoken to as GET. */
const spoken = (service: Service): Route[] => {
  const seen = new Set<string>()
  return service.routes.flatMap((route) => {
    const method = route.method === 'ANY' ? 'GET' : route.method
    const key = `${method} ${route.path}`
    if (seen.has(key) || route.path.includes('*')) return []
    seen.add(key)
    return [{ ...route, method }]
  })
}

/**
 * Some apps make their tables when a route is asked to (`GET /createdb`). Where reads fail as nothing is there yet,
 * it is asked once, on the template; never again in a lab, where it would undo what is being watched.
 */
const makeDataWhereMissing = async (lab: Lab, routes: readonly Route[]): Promise<string[]> => {
  const makers = routes.filter((route) => makesData(route) && !route.path.includes(':'))
  if (makers.length === 0) return []
  const plain = routes.filter(
    (route) => route.method === 'GET' && !route.path.includes(':') && !changesData(route),
  )
  for (const { path } of plain) {
    const { exchange } = await observe(lab, { method: 'GET', path })
    if (exchange.status === null || exchange.status < 500) continue
    for (const maker of makers) await observe(lab, { method: 'GET', path: maker.path })
    return makers.map((maker) => `GET ${maker.path}`)
  }
  return []
}

/** Runs in the rehearsal, on the database that becomes the template. */
export const plant = async (lab: Lab, sources: SpeakSources): Promise<Planted> => {
  const harvest = createHarvest()
  const routes = spoken(sources.service)
  const asked = await makeDataWhereMissing(lab, routes)
  const { session, another, others } = await meet(lab, sources, harvest)
  const headers = session?.headers ?? {}
  await reachReads(lab, routes, { sources, harvest, headers })
  const writing = { sources, harvest, headers, lasting: true }
  const posts = routes.filter(({ method }) => method === 'POST')
  await reachWrites(lab, posts, writing)
  await reachWrites(
    lab,
    routes.filter((route) => takesNewName(route, harvest)),
    writing,
  )
  return { session, another, others, harvest, asked }
}

/** The login itself is a request that is known to work, with an account that is known to exist. */
const loginReach = async (lab: Observing, session: Session | null): Promise<Reached> => {
  const reached: Reached = { known: [], reach: [] }
  if (session?.login == null) return reached
  const { route, request } = session.login
  keep(reached, { route, request, observed: await observe(lab, request), how: 'learned' })
  return reached
}

/** A login that worked with an account that exists needs no guessed one. */
const writesOf = (routes: readonly Route[], login: Reached): Route[] =>
  routes.filter(
    ({ method, path }) =>
      method !== 'GET' &&
      method !== 'HEAD' &&
      !login.known.some(({ route }) => route.method === method && route.path === path),
  )

const withHeaders = (
  known: readonly KnownRequest[],
  old: Record<string, string>,
  fresh: Record<string, string>,
) =>
  known.map((one) => {
    const uses = Object.entries(old).some(([name, value]) => one.request.headers?.[name] === value)
    return uses ? { ...one, request: { ...one.request, headers: { ...one.request.headers, ...fresh } } } : one
  })

/** The sessions as they are in this lab, the first account before the second. */
const refreshAll = async (lab: Lab, planted: Planted | null): Promise<Record<string, string>[]> => {
  const refreshed: Record<string, string>[] = []
  for (const session of [planted?.session ?? null, planted?.another ?? null])
    if (session !== null) refreshed.push(await refreshSession(lab, session))
  return refreshed
}

/** What the configuration and the accounts leave to say of who may speak, and how one gets in. */
const spokenBy = async (
  lab: Lab,
  { config, service }: SpeakSources,
  planted: Planted | null,
  signing: SigningKey | null,
): Promise<Omit<Spoken, 'known' | 'accounts'>> => {
  const session = planted?.session ?? null
  const others = await refreshOthers(lab, planted?.others ?? [])
  return {
    ...(others.length > 0 && { others }),
    ...(session !== null && { entry: entryOf(session, service.routes, signing) }),
    ...(session?.registered != null && { newAccount: () => newAccount(lab, session) }),
    ...(config.access?.public && { open: config.access.public }),
  }
}

/** Runs in a fresh lab: speaks to every route once and keeps what worked. */
export const explore = async (
  lab: Lab,
  sources: SpeakSources & { planted: Planted | null },
): Promise<Voice> => {
  const { planted } = sources
  const harvest = planted?.harvest ?? createHarvest()
  harvest.renew()
  const background = new Set<string>()
  const speaker = { ...lab, background }
  await watchIdle(lab, background)
  const session = planted?.session ?? null
  const headers = session === null ? {} : await refreshSession(lab, session)
  const routes = spoken(sources.service)
  const declared = await declaredRequests(speaker, sources)
  const reads = await reachReads(speaker, routes, { sources, harvest, headers })
  // Before any write: one of them may change the password.
  const login = await loginReach(speaker, session)
  await watchIdle(lab, background, SETTLE_MS)
  const writes = await reachWrites(speaker, writesOf(routes, login), {
    sources,
    harvest,
    headers,
    lasting: false,
  })
  const signing = findSigningKey(headers, sources)
  const all = [declared, reads, writes, login]
  const known = addKeys(
    all.flatMap((part) => part.known),
    sources,
  )
  return {
    known,
    reach: all
      .flatMap((part) => part.reach)
      .map((one) =>
        planted?.asked.includes(one.route) ? { ...one, how: 'called once, to make the tables' } : one,
      ),
    async refresh(own) {
      const fresh = await refreshAll(own, planted)
      const [first] = fresh
      return {
        known: first === undefined ? known : withHeaders(known, headers, first),
        accounts: fresh.map((of) => ({ headers: of })),
        ...(await spokenBy(own, sources, planted, signing)),
      }
    },
  }
}

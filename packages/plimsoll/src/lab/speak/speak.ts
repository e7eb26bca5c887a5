import type { Project } from '../../instruments/source/project.ts'
import type { Config } from '../../model/config.ts'
import type { LabRecord } from '../../model/run.ts'
import type { Route, Service, System } from '../../model/system.ts'
import type { KnownRequest, Lab } from '../lab.ts'
import { changesData, makesData } from './changing-reads.ts'
import { declaredRequests } from './declared.ts'
import { createHarvest, type Harvest } from './harvest.ts'
import { logIn, refreshSession, type Session } from './log-in.ts'
import { observe } from './observe.ts'
import { keep, type Reached, reachReads, reachWrites } from './reach.ts'

export type SpeakSources = { config: Config; project: Project; system: System; service: Service }

/** What stays in the template database: an account, and one of each thing that the API lets us create. */
export type Planted = {
  session: Session | null
  harvest: Harvest
  /** GET routes asked once to make the app's tables: `GET /createdb` */
  asked: readonly string[]
}

/** How to speak to this API: requests known to work in any fresh lab, and how to log in again. */
export type Voice = {
  known: readonly KnownRequest[]
  reach: LabRecord['reach']
  refresh(lab: Lab): Promise<readonly KnownRequest[]>
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
  const session = await logIn(lab, sources, harvest)
  const headers = session?.headers ?? {}
  await reachReads(lab, routes, harvest, headers)
  await reachWrites(
    lab,
    routes.filter(({ method }) => method === 'POST'),
    sources,
    harvest,
    headers,
  )
  return { session, harvest, asked }
}

/** The login itself is a request that is known to work, with an account that is known to exist. */
const loginReach = async (lab: Lab, session: Session | null): Promise<Reached> => {
  const reached: Reached = { known: [], reach: [] }
  if (session?.login == null) return reached
  const { route, request } = session.login
  keep(reached, { route, request, observed: await observe(lab, request), how: 'learned' })
  return reached
}

const withHeaders = (
  known: readonly KnownRequest[],
  old: Record<string, string>,
  fresh: Record<string, string>,
) =>
  known.map((one) => {
    const uses = Object.entries(old).some(([name, value]) => one.request.headers?.[name] === value)
    return uses ? { ...one, request: { ...one.request, headers: { ...one.request.headers, ...fresh } } } : one
  })

/** Runs in a fresh lab: speaks to every route once and keeps what worked. */
export const explore = async (
  lab: Lab,
  sources: SpeakSources & { planted: Planted | null },
): Promise<Voice> => {
  const harvest = sources.planted?.harvest ?? createHarvest()
  harvest.renew()
  const session = sources.planted?.session ?? null
  const headers = session === null ? {} : await refreshSession(lab, session)
  const routes = spoken(sources.service)
  const declared = await declaredRequests(lab, sources)
  const reads = await reachReads(lab, routes, harvest, headers)
  // Before any write: one of them may change the password.
  const login = await loginReach(lab, session)
  const writes = await reachWrites(
    lab,
    routes.filter(({ method }) => method !== 'GET' && method !== 'HEAD'),
    sources,
    harvest,
    headers,
  )
  const all = [declared, reads, writes, login]
  const known = all.flatMap((part) => part.known)
  return {
    known,
    reach: all
      .flatMap((part) => part.reach)
      .map((one) =>
        sources.planted?.asked.includes(one.route) ? { ...one, how: 'called once, to make the tables' } : one,
      ),
    async refresh(own) {
      if (session === null) return known
      return withHeaders(known, headers, await refreshSession(own, session))
    },
  }
}

import type { Service } from '../../model/system.ts'
import type { KnownRequest, Lab } from '../lab.ts'
import { changesData, switchesOff } from '../speak/changing-reads.ts'
import { loginRoutes, registerRoutes } from '../speak/session.ts'
import { label } from '../traffic/choose.ts'
import type { Workload } from './window.ts'

/** An operation that may be sent as load, where it answers the same when it is repeated. */
export type Candidate = { name: string; known: KnownRequest; effect: 'reads' | 'writes' }

export type Left = Workload['left'][number]

export type Chosen = { candidates: Candidate[]; left: Left[] }

export type Choice = {
  known: readonly KnownRequest[]
  service: Pick<Service, 'routes'>
  health: Lab['health']
  /** operations that the user asks for by name: only these, even those that are left out by themselves */
  named: ReadonlySet<string> | null
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const LEAVES = /\/(log-?out|sign-?out|log-?off)\b/i
const ABOUT_PASSWORDS = /pass-?(?:word|code)|reset|forgot|recover/i

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0)

const effectOf = ({ request, statements, writes }: KnownRequest): Candidate['effect'] => {
  if (sum(writes) > 0) return 'writes'
  const isRead = ['GET', 'HEAD'].includes(request.method) || sum(statements) > 0
  return isRead ? 'reads' : 'writes'
}

/** Why an operation is never sent again and again, whoever asks for it. */
const unfit = ({ route, request, status }: KnownRequest): string | null => {
  if (status >= 400) return `it answered ${status} when it was tried`
  if (!METHODS.includes(request.method)) return `its method is ${request.method}`
  if (request.method === 'DELETE') return 'it deletes: the second time there is nothing left of it'
  if (changesData(route)) return 'its name says that it makes or removes what the app keeps'
  if (switchesOff(route)) return 'its name says that the app may do less afterwards'
  if (LEAVES.test(route.path)) return 'it ends the session that the other requests need'
  if (request.body instanceof Uint8Array) return 'its body is no text'
  return null
}

const isAmong = (routes: readonly { method: string; path: string }[], { route }: KnownRequest) =>
  routes.some(({ method, path }) => method === route.method && path === route.path)

/** Why an operation is not sent unless it is asked for by name. */
const unasked = (known: KnownRequest, { service }: Pick<Choice, 'service'>): string | null => {
  if (isAmong(loginRoutes(service.routes), known)) return 'it logs in: clients do so once, not all the time'
  if (isAmong(registerRoutes(service.routes), known)) return 'it makes accounts'
  if (known.request.method !== 'GET' && ABOUT_PASSWORDS.test(known.route.path)) return 'it changes passwords'
  return null
}

const isHealth = ({ route, statements }: KnownRequest, { ready, live }: Lab['health']) =>
  sum(statements) === 0 && [ready, live].includes(route.path)

/** A health route alone is better than no load at all. */
const withoutHealth = (candidates: Candidate[], health: Lab['health']): Chosen => {
  const rest = candidates.filter(({ known }) => !isHealth(known, health))
  if (rest.length === 0) return { candidates, left: [] }
  const reason = 'it is a health route that reaches no store, so it would flatter the rest'
  const left = candidates.filter((one) => !rest.includes(one)).map(({ name }) => ({ name, reason }))
  return { candidates: rest, left }
}

const onePerRoute = (known: readonly KnownRequest[]): [string, KnownRequest][] => {
  const first = new Map<string, KnownRequest>()
  for (const one of known) if (!first.has(label(one))) first.set(label(one), one)
  return [...first]
}

/** What of the known requests is load, and why the rest is not; pure. */
export const chooseOperations = (choice: Choice): Chosen => {
  const { named, health } = choice
  const left: Left[] = []
  const candidates = onePerRoute(choice.known).flatMap(([name, known]): Candidate[] => {
    const unnamed = named === null || named.has(name) ? null : 'the configuration gives it no weight'
    const reason = unnamed ?? unfit(known) ?? (named === null ? unasked(known, choice) : null)
    if (reason === null) return [{ name, known, effect: effectOf(known) }]
    left.push({ name, reason })
    return []
  })
  if (named !== null) return { candidates, left }
  const healthy = withoutHealth(candidates, health)
  return { candidates: healthy.candidates, left: [...left, ...healthy.left] }
}

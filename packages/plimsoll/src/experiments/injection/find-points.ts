import type { KnownRequest, Lab, RequestOptions } from '../../lab/lab.ts'
import { labelOf } from '../../lab/operations/operation.ts'
import { changesData } from '../../lab/speak/changing-reads.ts'
import { valueForName } from '../../lab/speak/value-for.ts'
import type { Route } from '../../model/system.ts'
import { headerInputs, inputsOf, type Point } from './points.ts'

type Speaking = Pick<Lab, 'known' | 'service' | 'accounts' | 'api'>

const knownAs = (lab: Speaking, name: string): KnownRequest | undefined =>
  lab.known.find(({ route }) => labelOf({ route }) === name)

const ENDS_SESSION = /log-?out|sign-?out|logoff/i
const PARAMETER = /:\w+[^/]*/

/** A value that stood in the same place of a path that worked; `1` is the likeliest id. */
const fillParameters = (lab: Speaking, pattern: string): string => {
  const parts = pattern.split('/')
  return parts
    .map((part, index) => {
      if (part === '*' && index === parts.length - 1) return 'plimsoll'
      if (!PARAMETER.test(part)) return part
      const before = parts.slice(0, index + 1).join('/')
      const alike = lab.known.find(({ route }) => `${route.path}/`.startsWith(`${before}/`))
      return alike?.request.path.split('?')[0]?.split('/')[index] ?? '1'
    })
    .join('/')
}

const put = (body: Record<string, unknown>, [key = '', ...rest]: readonly string[], leaf: string): void => {
  if (rest.length === 0) {
    body[key] ??= valueForName(leaf)
    return
  }
  const inner = body[key]
  const next = inner !== null && typeof inner === 'object' ? { ...inner } : {}
  body[key] = next
  put(next, rest, leaf)
}

const guessBody = (names: readonly string[]): Record<string, unknown> => {
  const body: Record<string, unknown> = {}
  for (const name of names) put(body, name.split('.'), name.split('.').at(-1) ?? name)
  return body
}

/** A request that was never seen to work: the names that the handler reads, and likely values. */
const guess = (lab: Speaking, route: Route): RequestOptions => {
  const method = route.method === 'ANY' ? 'GET' : route.method
  const names = method === 'GET' ? [] : (route.reads?.body ?? [])
  const headers = lab.accounts[0]?.headers
  return {
    method,
    path: fillParameters(lab, route.path),
    ...(headers !== undefined && { headers }),
    ...(names.length > 0 && { body: guessBody(names) }),
  }
}

/** Named like what ends a program, and what it runs is the caller's: that is what is looked for. */
const RUNS = /exec(?:ute)?\/?$/i

const isWorthGuessing = (route: Route) =>
  (!changesData(route) || RUNS.test(route.path)) &&
  !ENDS_SESSION.test(route.path) &&
  !route.path.slice(0, -1).includes('*') &&
  /^(GET|POST|PUT|PATCH|ANY)$/.test(route.method)

const queryNames = ({ api }: Speaking, route: Route): string[] => {
  const said = api?.operations.find((one) => one.method === route.method && one.path === route.path)
  const documented = said?.parameters.filter((one) => one.in === 'query').map(({ name }) => name) ?? []
  return [...new Set([...(route.reads?.query ?? []), ...documented])]
}

/** What deletes comes last: the others still need what it deletes. */
const RANK = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const rankOf = ({ method }: Pick<Route, 'method'>) => (RANK.indexOf(method) + RANK.length) % RANK.length

/** Headers and cookies reach the same code on most routes: a few of them tell for all. */
const ROUTES_WITH_HEADERS = 2

/** Every place of every operation that a caller fills, those of requests that are known to work first. */
export const findPoints = (lab: Speaking): Point[] => {
  const known = lab.known.map(({ route }) => ({ route, works: true }))
  const names = new Set(known.map(({ route }) => labelOf({ route })))
  const others = lab.service.routes
    .filter((route) => isWorthGuessing(route) && !names.has(labelOf({ route })))
    .map((route) => ({ route: route.method === 'ANY' ? { ...route, method: 'GET' } : route, works: false }))
    .filter(({ route }) => !names.has(labelOf({ route })))
  const seen = new Set<string>()
  return [...known, ...others]
    .filter(({ route }) => {
      const fresh = !seen.has(labelOf({ route }))
      seen.add(labelOf({ route }))
      return fresh
    })
    .sort((a, b) => rankOf(a.route) - rankOf(b.route) || Number(b.works) - Number(a.works))
    .flatMap(({ route, works }, index) => {
      const operation = labelOf({ route })
      const request = () => knownAs(lab, operation)?.request ?? guess(lab, route)
      const headers = works && index < ROUTES_WITH_HEADERS ? headerInputs() : []
      const inputs = inputsOf(route, request(), queryNames(lab, route)).filter(
        ({ place }) => place.in !== 'cookie' || index < ROUTES_WITH_HEADERS,
      )
      return [...inputs, ...headers].map((input) => ({ operation, route, request, works, ...input }))
    })
}

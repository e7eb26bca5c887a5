import { fault } from '../../base/errors/fault.ts'
import type { Lab } from '../../lab/lab.ts'
import type { Exchange } from '../../model/evidence.ts'

export type AppRequest = {
  method: string
  path: string
  headers?: Record<string, string>
  body?: unknown
  as?: string
}

const ANONYMOUS = 'anonymous'
const TIMEOUT_MS = 30_000

/** Everybody who can be spoken as -> what a request carries to be theirs; the accounts of equal rights come first. */
const principalsOf = ({ accounts, others = [] }: Lab): ReadonlyMap<string, Record<string, string>> =>
  new Map([
    [ANONYMOUS, {}],
    ...accounts.map(({ headers }, at) => [String.fromCharCode(65 + at), headers] as const),
    ...others.map(({ name, headers }) => [name, headers] as const),
  ])

const headersOf = (lab: Lab, as: string | undefined): Record<string, string> => {
  const known = principalsOf(lab)
  if (as === undefined) return known.get('A') ?? {}
  const headers = known.get(as)
  if (headers !== undefined) return headers
  const names = [...known.keys()].join(', ')
  throw fault('E_UNKNOWN_ID', { id: as, candidates: `The lab can speak as: ${names}.` })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the line of the request
const UNFIT = /[\u0000-\u0020\u007f]/

/**
 * One request to the app in the lab, as an account of the lab's own (`A` where there is one and nothing is said).
 * What the lab gave for it is not told. Without an answer the exchange says why.
 * @throws E_FORBIDDEN for another host, E_UNKNOWN_ID for an account that is none
 */
export const askApp = async (lab: Lab, request: AppRequest, signal: AbortSignal): Promise<Exchange> => {
  const { method, path, headers = {}, body, as } = request
  if (!path.startsWith('/') || UNFIT.test(path)) {
    const instead = 'Give a path of the app in the lab, such as /orders?limit=2, with spaces as %20.'
    throw fault('E_FORBIDDEN', { call: `${method} ${path}`, reason: 'that is no path of the app', instead })
  }
  const exchange = await lab.http.request({
    method,
    path,
    headers: { ...headersOf(lab, as), ...headers },
    ...(body !== undefined && { body }),
    timeoutMs: TIMEOUT_MS,
    signal,
  })
  signal.throwIfAborted()
  return { ...exchange, requestHeaders: headers }
}

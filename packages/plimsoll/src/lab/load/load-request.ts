import type { LoadRequest } from '../../instruments/load/load.ts'
import type { Account, RequestOptions } from '../lab.ts'

type Headers = Readonly<Record<string, string>>

const lowerCase = (headers: Headers = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** The request as another account sends it: what the first one carries is exchanged. */
export const speakAs = (request: RequestOptions, first: Account, other: Account): RequestOptions => {
  const carried = Object.keys(lowerCase(first.headers))
  const rest = Object.entries(request.headers ?? {}).filter(([name]) => !carried.includes(name.toLowerCase()))
  return { ...request, headers: { ...Object.fromEntries(rest), ...other.headers } }
}

/** true where the request carries what the account is known by */
export const speaksAs = ({ headers }: RequestOptions, account: Account): boolean => {
  const given = lowerCase(headers)
  return Object.entries(lowerCase(account.headers)).some(([name, value]) => given[name] === value)
}

/**
 * As the generator sends it: the body as a text, placeholders still in it.
 * @param sent headers that went with it when it was tried, those of the configuration among them
 */
export const toLoadRequest = (request: RequestOptions, sent: Headers): LoadRequest => {
  const { method, path, body } = request
  const headers = { ...lowerCase(sent), ...lowerCase(request.headers) }
  delete headers['content-length']
  const text =
    body === undefined || body === null ? null : typeof body === 'string' ? body : JSON.stringify(body)
  return { method, path, headers, ...(text !== null && { body: text }) }
}

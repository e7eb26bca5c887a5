import type { RequestOptions } from '../../lab/lab.ts'
import type { Place } from './points.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object'

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value)

const putAt = (value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown => {
  if (key === undefined) return put
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? putAt(item, rest, put) : item))
  return {
    ...(isRecord(value) ? value : {}),
    [key]: putAt(isRecord(value) ? value[key] : undefined, rest, put),
  }
}

const split = (path: string) => {
  const mark = path.indexOf('?')
  return mark === -1 ? ([path, ''] as const) : ([path.slice(0, mark), path.slice(mark + 1)] as const)
}

const decode = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const COOKIE = /;\s*/

/** What the request holds in that place; '' where it holds nothing. */
export const valueAt = ({ path, headers = {}, body }: RequestOptions, place: Place): unknown => {
  if (place.in === 'body') return at(body, place.path) ?? ''
  if (place.in === 'whole') return body ?? ''
  if (place.in === 'header') return headers[place.name] ?? ''
  if (place.in === 'path') return decode(split(path)[0].split('/')[place.index] ?? '')
  if (place.in === 'query') return new URLSearchParams(split(path)[1]).get(place.name) ?? ''
  const pair = (headers.cookie ?? '').split(COOKIE).find((one) => one.startsWith(`${place.name}=`))
  return pair?.slice(place.name.length + 1) ?? ''
}

/** Text as it stands in an address already; anything else is encoded. */
export class Encoded {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const inAddress = (value: unknown) =>
  value instanceof Encoded ? value.text : encodeURIComponent(String(value))

/** `{"$ne": 1}` as a query writes it: `name[$ne]=1` */
const asPairs = (name: string, value: unknown): string[] => {
  if (value instanceof Encoded || !isRecord(value)) return [`${encodeURIComponent(name)}=${inAddress(value)}`]
  return Object.entries(value).flatMap(([key, inner]) => asPairs(`${name}[${key}]`, inner))
}

const inQuery = (path: string, name: string, value: unknown) => {
  const [before, query] = split(path)
  const others = query.split('&').filter((pair) => pair !== '' && decode(pair.split('=')[0] ?? '') !== name)
  return `${before}?${[...others, ...asPairs(name, value)].join('&')}`
}

const inPath = (path: string, index: number, name: string, value: unknown) => {
  const [before, query] = split(path)
  const parts = before.split('/')
  const filled =
    name === '*' ? [...parts.slice(0, index), inAddress(value)] : parts.with(index, inAddress(value))
  return `${filled.join('/')}${query === '' ? '' : `?${query}`}`
}

const inCookie = (cookie: string, name: string, value: unknown) =>
  [
    ...cookie.split(COOKIE).filter((pair) => pair !== '' && !pair.startsWith(`${name}=`)),
    `${name}=${inAddress(value)}`,
  ].join('; ')

/** The same request with that value in that place. */
export const placeValue = (request: RequestOptions, place: Place, value: unknown): RequestOptions => {
  const { headers = {} } = request
  if (place.in === 'body') return { ...request, body: putAt(request.body, place.path, value) }
  if (place.in === 'whole') return { ...request, body: value }
  if (place.in === 'query') return { ...request, path: inQuery(request.path, place.name, value) }
  if (place.in === 'path') return { ...request, path: inPath(request.path, place.index, place.name, value) }
  const changed =
    place.in === 'header'
      ? { [place.name]: value instanceof Encoded ? value.text : String(value) }
      : { cookie: inCookie(headers.cookie ?? '', place.name, value) }
  return { ...request, headers: { ...headers, ...changed } }
}

import { operationOfRequest } from '../../../contract/find-operation.ts'
import type { KnownRequest, Lab, RequestOptions } from '../../../lab/lab.ts'
import { labelOf } from '../../../lab/operations/operation.ts'
import { changesData } from '../../../lab/speak/changing-reads.ts'

/** One place of a known request that takes a text. */
export type Slot = {
  operation: string
  /** `email of the body` */
  input: string
  /** most bytes that fit, once encoded */
  longest: number
  request: RequestOptions
  /** the request, its placeholders filled, with the text in that place */
  fill(request: RequestOptions, text: string): RequestOptions
}

const IN_BODY = 90_000
const IN_PATH = 7_000

type Keys = readonly string[]

const textsIn = (value: unknown, under: Keys = []): Keys[] => {
  if (typeof value === 'string') return [under]
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...under, key]))
}

const put = (value: unknown, [key, ...rest]: Keys, text: string): unknown => {
  if (key === undefined) return text
  if (Array.isArray(value))
    return value.map((one, index) => (String(index) === key ? put(one, rest, text) : one))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === key ? put(inner, rest, text) : inner]),
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !Buffer.isBuffer(value)

/** The body with one field more, nested as its name says. */
const add = (value: unknown, [key, ...rest]: Keys, text: string): unknown => {
  if (key === undefined) return text
  const own = isRecord(value) ? value : {}
  return { ...own, [key]: add(own[key], rest, text) }
}

/** Fields that the code reads and that the known request leaves out. */
const besideBody = ({ request, route }: KnownRequest) => {
  if (request.body !== undefined && !isRecord(request.body)) return []
  const known = new Set(textsIn(request.body).map((keys) => keys.join('.')))
  return (route.reads?.body ?? [])
    .filter((name) => !known.has(name) && !(isRecord(request.body) && name in request.body))
    .map((name) => ({
      ...{ input: `${name} of the body`, longest: IN_BODY, request },
      fill: (now: RequestOptions, text: string) => ({ ...now, body: add(now.body, name.split('.'), text) }),
    }))
}

const inBody = ({ request }: KnownRequest) =>
  textsIn(request.body)
    .filter((keys) => keys.length > 0)
    .map((keys) => ({
      ...{ input: `${keys.join('.')} of the body`, longest: IN_BODY },
      request,
      fill: (now: RequestOptions, text: string) => ({ ...now, body: put(now.body, keys, text) }),
    }))

const withQuery = (path: string, name: string, text: string) => {
  const [bare = '', query = ''] = path.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set(name, text)
  return `${bare}?${parameters}`
}

const inQuery = ({ api }: Pick<Lab, 'api'>, { request, route }: KnownRequest) => {
  const documented = api === undefined ? null : operationOfRequest(api, request.method, request.path)
  const names = [
    ...new URLSearchParams(request.path.split('?')[1] ?? '').keys(),
    ...(route.reads?.query ?? []),
    ...(documented?.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name),
  ]
  return [...new Set(names)].map((name) => ({
    ...{ input: `${name} of the query`, longest: IN_PATH },
    request,
    fill: (now: RequestOptions, text: string) => ({ ...now, path: withQuery(now.path, name, text) }),
  }))
}

const inPath = ({ request, route }: KnownRequest) => {
  const [bare = '', ...query] = request.path.split('?')
  const parts = bare.split('/')
  return route.path.split('/').flatMap((part, index) =>
    part.startsWith(':') && index < parts.length
      ? [
          {
            ...{ input: `${part.slice(1)} of the path`, longest: IN_PATH },
            request,
            fill: (now: RequestOptions, text: string) => ({
              ...now,
              path: [parts.with(index, encodeURIComponent(text)).join('/'), ...query].join('?'),
            }),
          },
        ]
      : [],
  )
}

/** Every text that the known requests let a client choose, those of bodies first. */
export const slotsOf = (lab: Pick<Lab, 'api' | 'known'>): Slot[] => {
  const known = lab.known.filter(({ route }) => !changesData(route))
  const named = (one: KnownRequest, slots: Omit<Slot, 'operation'>[]) =>
    slots.map((slot): Slot => ({ operation: labelOf(one), ...slot }))
  const all = [
    ...known.flatMap((one) => named(one, inBody(one))),
    ...known.flatMap((one) => (one.request.method === 'GET' ? [] : named(one, besideBody(one)))),
    ...known.flatMap((one) => named(one, inQuery(lab, one))),
    ...known.flatMap((one) => named(one, inPath(one))),
  ]
  const seen = new Set<string>()
  return all.filter(({ operation, input }) => {
    const key = `${operation} ${input}`
    return !seen.has(key) && seen.add(key)
  })
}

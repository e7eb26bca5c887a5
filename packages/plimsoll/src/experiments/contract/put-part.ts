import { wireForm } from '../../contract/generate/wire-form.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import type { Part } from './parts.ts'

/** Left out altogether. */
export const ABSENT = Symbol('absent')

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The value with another one in one place; objects on the way there are made. */
export const putAt = (value: unknown, at: readonly string[], what: unknown): unknown => {
  const [key, ...rest] = at
  if (key === undefined) return what
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? putAt(item, rest, what) : item))
  const held = isRecord(value) ? value : {}
  if (rest.length > 0 || what !== ABSENT) return { ...held, [key]: putAt(held[key], rest, what) }
  const { [key]: _left, ...others } = held
  return others
}

/** A scalar or null is no body until it is written as JSON. */
const asBody = (body: unknown): unknown =>
  body === ABSENT ? undefined : body === null || typeof body !== 'object' ? JSON.stringify(body) : body

const withBody = (base: RequestOptions, body: unknown): RequestOptions => {
  const sent = asBody(body)
  const isText = typeof sent === 'string'
  return {
    ...base,
    body: sent,
    ...(isText && { headers: { 'content-type': 'application/json', ...base.headers } }),
  }
}

const withQuery = (
  base: RequestOptions,
  name: string,
  pairs: readonly [string, string][],
): RequestOptions => {
  const [path = '', query = ''] = base.path.split('?')
  const kept = [...new URLSearchParams(query)].filter(([key]) => key !== name && !key.startsWith(`${name}[`))
  const made = new URLSearchParams([...kept, ...pairs])
    .toString()
    .replaceAll('%7B%7B', '{{')
    .replaceAll('%7D%7D', '}}')
  return { ...base, path: made === '' ? path : `${path}?${made}` }
}

/** Many servers take these, encoded, for what they are unencoded: then another route answers. */
const ANOTHER_ROUTE = /[/\\;]/

/** Where in the path a parameter stands; -1 where the request's path is not of that form. */
const segmentOf = (template: string, path: string, name: string) => {
  const [wanted, sent] = [template.split('/'), path.split('/')]
  return wanted.length === sent.length ? wanted.indexOf(`:${name}`) : -1
}

const withSegment = (
  base: RequestOptions,
  template: string,
  name: string,
  text: string,
): RequestOptions | null => {
  const [path = '', query] = base.path.split('?')
  const at = segmentOf(template, path, name)
  if (at < 0 || text === '' || text === '.' || text === '..' || ANOTHER_ROUTE.test(text)) return null
  const made = path
    .split('/')
    .map((segment, index) => (index === at ? encodeURIComponent(text) : segment))
    .join('/')
  return { ...base, path: query === undefined ? made : `${made}?${query}` }
}

/** Letters that a header may carry. */
const SENDABLE = /^[\t\x20-\x7e]*$/

/** Half of a pair of UTF-16 has no form in a URL. */
const encodable = (text: string) => !/\p{Surrogate}/u.test(text)

/**
 * The request with one part changed.
 * @param template the operation's path, parameters as `:name`
 * @returns null where the value cannot be sent there
 */
export const putPart = (
  base: RequestOptions,
  part: Part,
  value: unknown,
  template: string,
): { request: RequestOptions; texts: string[] } | null => {
  if (part.in === 'body') return { request: withBody(base, putAt(base.body, part.at, value)), texts: [] }
  const { parameter } = part
  const pairs = value === ABSENT ? [] : wireForm(parameter, value)
  const texts = pairs.map(([, text]) => text)
  // An object is spread over names of its own: the parameter itself is then not there, which is no wrong value of it.
  const isSpread = pairs.length > 0 && pairs.every(([name]) => name !== parameter.name)
  if (!texts.every(encodable) || (isSpread && parameter.style !== 'deepObject')) return null
  if (part.in === 'query') return { request: withQuery(base, parameter.name, pairs), texts }
  const [text] = texts
  if (part.in === 'path') {
    const request = text === undefined ? null : withSegment(base, template, parameter.name, text)
    return request === null ? null : { request, texts }
  }
  const { [parameter.name]: _old, [parameter.name.toLowerCase()]: _lower, ...headers } = base.headers ?? {}
  if (text !== undefined && !SENDABLE.test(text)) return null
  return {
    request: { ...base, headers: text === undefined ? headers : { ...headers, [parameter.name]: text } },
    texts,
  }
}

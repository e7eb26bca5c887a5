import { parseJson } from '../../base/json/parse-json.ts'

/** The request that one line of an access log is about; `path` may hold a query. */
export type AccessLine = { method: string; path: string }

const METHOD = '(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)'
const QUOTED = new RegExp(`"${METHOD} (\\S+)(?: HTTP/[\\d.]+)?"`)
const REQUEST = new RegExp(`^${METHOD} (\\S+)`)

const METHOD_KEYS = ['method', 'request_method', 'requestMethod', 'verb', 'http_method']
const PATH_KEYS = ['path', 'url', 'uri', 'request_uri', 'requestUri', 'originalUrl', 'target']
/** Where loggers nest what they say of a request. */
const NESTS = ['req', 'request', 'http', 'httpRequest']

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const textAt = (fields: Fields, keys: readonly string[]): string | null =>
  keys
    .map((key) => fields[key])
    .find((value) => typeof value === 'string' && value !== '')
    ?.toString() ?? null

const fromText = (pattern: RegExp, text: string): AccessLine | null => {
  const [, method, path] = pattern.exec(text) ?? []
  return method === undefined || path === undefined ? null : { method, path }
}

const fromFields = (fields: Fields): AccessLine | null => {
  const method = textAt(fields, METHOD_KEYS)
  const path = textAt(fields, PATH_KEYS)
  if (method !== null && path !== null) return { method: method.toUpperCase(), path }
  const request = textAt(fields, ['request', 'requestLine', 'request_line'])
  return request === null ? null : fromText(REQUEST, request)
}

/** Reads a line of a common, combined or JSON access log; null for one that names no request. Never throws. */
export const parseAccessLine = (line: string): AccessLine | null => {
  if (!line.trimStart().startsWith('{')) return fromText(QUOTED, line)
  const fields = parseJson(line)
  if (!isFields(fields)) return null
  const own = fromFields(fields)
  if (own !== null) return own
  return (
    NESTS.map((key) => fields[key])
      .filter(isFields)
      .map(fromFields)
      .find((found) => found !== null) ?? null
  )
}

import { validateHeaderName, validateHeaderValue } from 'node:http'
import { fillJson, fillPlaceholders, holdsPlaceholder } from '../../base/random/fill-placeholders.ts'
import type { Random } from '../../base/random/random.ts'
import type { LoadPlan, LoadRequest } from './load.ts'

/** A request that is ready to be sent again and again. */
export type Prepared = {
  isHead: boolean
  /** head and body as HTTP/1.1 has them, filled anew where there are placeholders */
  bytes(): Buffer | string
  /** the same in parts */
  filled(): LoadRequest
}

const PATH = /^[!-~\u0080-\uffff]+$/
const TAKES_BODY = /^(?:POST|PUT|PATCH)$/

const has = (headers: Readonly<Record<string, string>>, name: string) =>
  Object.keys(headers).some((key) => key.toLowerCase() === name)

const isJson = ({ headers, body = '' }: LoadRequest) => {
  const type = Object.entries(headers).find(([key]) => key.toLowerCase() === 'content-type')?.[1]
  return type === undefined ? /^\s*[[{"]/.test(body) : /json/i.test(type)
}

/** Why a request cannot be sent as it is; null where it can. */
export const problemOfRequest = ({ method, path, headers }: LoadRequest): string | null => {
  try {
    validateHeaderName(method)
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    }
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
  return PATH.test(path) ? null : `the path "${path}" holds blanks or control characters`
}

const fillWith =
  (request: LoadRequest, random: Random): (() => LoadRequest) =>
  () => ({
    method: request.method,
    path: String(fillPlaceholders(request.path, random)),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(fillPlaceholders(value, random))]),
    ),
    ...(request.body !== undefined && {
      body: isJson(request) ? fillJson(request.body, random) : String(fillPlaceholders(request.body, random)),
    }),
  })

const frame = ({ method, path, headers, body }: LoadRequest, host: string, closes: boolean): string => {
  const lines = [`${method} ${path} HTTP/1.1`]
  if (!has(headers, 'host')) lines.push(`host: ${host}`)
  for (const [name, value] of Object.entries(headers))
    if (!/^(?:content-length|transfer-encoding|connection)$/i.test(name)) lines.push(`${name}: ${value}`)
  if (body !== undefined || TAKES_BODY.test(method))
    lines.push(`content-length: ${Buffer.byteLength(body ?? '')}`)
  if (closes) lines.push('connection: close')
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`
}

export const prepareRequest = (
  request: LoadRequest,
  { target, churn = false }: Pick<LoadPlan, 'target' | 'churn'>,
  random: Random,
): Prepared => {
  const host = `${target.host.includes(':') ? `[${target.host.replace(/[[\]]/g, '')}]` : target.host}:${target.port}`
  const isHead = request.method === 'HEAD'
  const changes = [request.path, request.body ?? '', ...Object.values(request.headers)].some(holdsPlaceholder)
  if (!changes) {
    const bytes = Buffer.from(frame(request, host, churn))
    return { isHead, bytes: () => bytes, filled: () => request }
  }
  const filled = fillWith(request, random)
  return { isHead, bytes: () => frame(filled(), host, churn), filled }
}

import { Client } from 'undici'
import { fault } from '../../base/errors/fault.ts'
import type { Exchange } from '../../model/evidence.ts'
import { accepts } from './accepts.ts'
import { burst } from './burst.ts'
import { encodeBody, showBody } from './encode-body.ts'
import type { Http, RequestOptions } from './http.ts'
import { isLoopback } from './loopback.ts'
import { nameError } from './name-error.ts'
import { readBody } from './read-body.ts'

const TIMEOUT_MS = 10_000
const BODY_CHARACTERS = 2_000

export type HttpOptions = {
  /** `http://127.0.0.1:3000`; any host but loopback is a fault */
  baseUrl: string
  /** origin of the times in exchanges */
  nowMs: () => number
  /** sent with every request, unless the request sets the same name */
  headers?: Readonly<Record<string, string>>
}

type Headers = Record<string, string>
type Answer = Pick<Exchange, 'status' | 'headers' | 'body'>

const lowerCase = (headers: Readonly<Headers>): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** Cookies are set apart by line ends, because their dates hold commas. */
const flatten = (headers: Record<string, string | string[] | undefined>): Headers =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [
      name,
      Array.isArray(value) ? value.join(name === 'set-cookie' ? '\n' : ', ') : value,
    ]),
  )

const loopbackOrigin = (baseUrl: string): URL => {
  const url = new URL(baseUrl)
  if (!isLoopback(url.hostname)) throw fault('E_BUG', { message: `${baseUrl} is not on this machine` })
  return url
}

/** Each request has a connection of its own, so that no answer depends on what an earlier one left behind. */
const send = async (
  origin: string,
  { method, path, bodyLimit = BODY_CHARACTERS }: RequestOptions,
  headers: Headers,
  body: string | Uint8Array | null,
  signal: AbortSignal,
): Promise<Answer> => {
  const client = new Client(origin, { headersTimeout: 0, bodyTimeout: 0 })
  try {
    const answer = await client.request({ method, path, headers, body, signal })
    const text = await readBody(answer.body, bodyLimit)
    return { status: answer.statusCode, headers: flatten(answer.headers), body: text }
  } finally {
    await client.destroy().catch(() => {})
  }
}

const failed = (error: string): Answer & { error: string } => ({ status: null, headers: {}, body: '', error })

/**
 * HTTP to one loopback address. Redirects are answers, not followed. An exchange without a complete answer has a
 * null status and says why in `error`: `timeout`, `aborted`, `ECONNREFUSED`, `ECONNRESET`, `EPROTO`, `EINVAL`.
 * Several `set-cookie` headers are joined by line ends, other repeated headers by commas.
 */
export const createHttp = ({ baseUrl, nowMs, headers: always = {} }: HttpOptions): Http => {
  const url = loopbackOrigin(baseUrl)
  const host = url.hostname.replace(/^\[|\]$/g, '')

  const request = async (options: RequestOptions): Promise<Exchange> => {
    const given = { ...lowerCase(always), ...lowerCase(options.headers ?? {}) }
    const { bytes, type } = encodeBody(options.body, given['content-type'])
    const headers = type && !('content-type' in given) ? { 'content-type': type, ...given } : given
    const clock = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
    const signal = options.signal ? AbortSignal.any([clock, options.signal]) : clock
    const atMs = nowMs()
    const answer = await send(url.origin, options, headers, bytes, signal).catch((thrown: unknown) =>
      failed(clock.aborted && !options.signal?.aborted ? 'timeout' : nameError(thrown)),
    )
    const durationMs = nowMs() - atMs
    const requestBody = showBody(bytes, BODY_CHARACTERS)
    return {
      method: options.method,
      path: options.path,
      requestHeaders: headers,
      ...(requestBody === undefined ? {} : { requestBody }),
      ...answer,
      atMs,
      durationMs,
    }
  }

  return {
    baseUrl: url.origin,
    request,
    burst: (requests, { lastByte }) => burst(requests, { origin: url.origin, headers: always, lastByte }),
    connects: (timeoutMs = 1_000) => accepts(host, Number(url.port || 80), timeoutMs),
  }
}

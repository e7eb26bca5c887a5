import { z } from 'zod'
import { Fault, fault } from '../../base/errors/fault.ts'
import { redact } from '../../base/text/redact.ts'
import { Cut } from './read-stream.ts'

/** What went wrong with one request, and whether it may go right the next time. */
export type Failure = {
  /** `context`: the request is too long; `cut`: the stream ended early */
  why:
    | 'key'
    | 'name'
    | 'context'
    | 'rate'
    | 'overload'
    | 'quota'
    | 'refused-request'
    | 'unreachable'
    | 'cut'
    | 'other'
  reason: string
  mend: string
  isPassing: boolean
  /** what the provider asked to wait for, in milliseconds */
  afterMs: number | null
}

/** The shape of the provider packages' own error, without their class. */
const ApiError = z.object({
  statusCode: z.number().optional(),
  responseHeaders: z.record(z.string(), z.string()).optional(),
  responseBody: z.string().optional(),
  message: z.string().default(''),
  url: z.string().optional(),
})
const Reported = z.object({ type: z.string().nullish(), code: z.unknown(), message: z.string() })

const CONTEXT =
  /context.?(?:length|window|size)|prompt is too long|maximum context|too many tokens|input token count|exceeds? .{0,40}(?:context|token)/i
const QUOTA = /insufficient_quota|credit balance|billing|exceeded your current quota/i
const OVERLOADED = /overloaded|rate.?limit|unavailable|internal|server_error|timeout|try again|api_error/i

/** The provider packages' names for a chunk that is no JSON, or of no known shape. */
const GARBLED = /JSONParseError|TypeValidationError|InvalidResponseDataError/

const codesOf = (thrown: unknown): string => {
  const codes: string[] = []
  for (let error = thrown, depth = 0; error instanceof Error && depth < 6; error = error.cause, depth += 1)
    codes.push('code' in error && typeof error.code === 'string' ? error.code : '', error.message)
  return codes.join(' ')
}

const MENDS = {
  key: 'The key was not accepted: see that the variable holds a valid one and that it may use this model.',
  name: 'See how the provider calls its models, and set it with --model or "agent": {"model": "provider/name"}.',
  context:
    'Give a smaller task, or a model with a larger context ("agent": {"contextTokens": …} where it is larger than we know).',
  rate: 'The limit of the account is reached: wait, or use another key or model. The session can be resumed.',
  overload: 'The provider has trouble of its own: try again later. The session can be resumed.',
  quota: 'The account has nothing left to spend: add credit, or use another key.',
  'refused-request':
    'The server does not take such a request; for a server of your own, see that the model supports tools.',
  unreachable: 'See that the server is up and that its address is right ("agent": {"baseUrl": …}).',
  cut: 'The connection broke each time: see the network and the proxies between, then resume the session.',
  other: 'Try again; the session can be resumed.',
} as const satisfies Record<Failure['why'], string>

const failure = (why: Failure['why'], reason: string, isPassing = false, afterMs: number | null = null) => ({
  why,
  reason,
  mend: MENDS[why],
  isPassing,
  afterMs,
})

/** `Retry-After` in both its forms, and the milliseconds that some providers give. */
export const readRetryAfter = (headers: Readonly<Record<string, string>>, nowMs: number): number | null => {
  const exact = Number(headers['retry-after-ms'])
  if (headers['retry-after-ms'] !== undefined && Number.isFinite(exact)) return exact
  const text = headers['retry-after']
  if (text === undefined) return null
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return seconds * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs)
}

const shorten = (text: string) => {
  const clean = redact(text).replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '')
  return clean.length > 300 ? `${clean.slice(0, 300)}…` : clean
}

const ofStatus = (status: number, error: z.infer<typeof ApiError>, nowMs: number): Failure => {
  const body = `${error.message} ${error.responseBody ?? ''}`
  const said = shorten(error.message === '' ? (error.responseBody ?? '') : error.message)
  const text = said === '' ? `status ${status}` : `status ${status}, "${said}"`
  const afterMs = readRetryAfter(error.responseHeaders ?? {}, nowMs)
  if (status === 401 || status === 403) return failure('key', text)
  if (status === 402 || (status === 429 && QUOTA.test(body))) return failure('quota', text)
  if (status === 413 || (status === 400 && CONTEXT.test(body))) return failure('context', text)
  if (status === 404) return failure('name', text)
  if (status === 429) return failure('rate', text, true, afterMs)
  if (status === 408 || status === 409 || status >= 500) return failure('overload', text, true, afterMs)
  return failure('refused-request', text)
}

const ofNetwork = (codes: string, url: string | undefined): Failure | null => {
  const place = url === undefined ? '' : ` at ${new URL(url).origin}`
  if (/ECONNREFUSED/.test(codes)) return failure('unreachable', `nothing listens${place}`)
  if (/ENOTFOUND|EAI_AGAIN/.test(codes)) return failure('unreachable', `the name${place} is not known`)
  if (/CERT|SELF_SIGNED|SSL/.test(codes))
    return failure('unreachable', `the certificate${place} is not valid`)
  if (/ECONNRESET|ETIMEDOUT|EPIPE|UND_ERR|terminated|fetch failed|Cannot connect|finish reason/i.test(codes))
    return failure('cut', `the connection${place} broke`, true)
  return null
}

/** What a stream says of itself in the middle: `overloaded_error`, or a text. */
const ofReport = (thrown: unknown): Failure | null => {
  const report = Reported.safeParse(thrown)
  const text = report.success ? `${report.data.type ?? ''} ${report.data.message}` : thrown
  if (typeof text !== 'string') return null
  if (QUOTA.test(text)) return failure('quota', shorten(text))
  if (CONTEXT.test(text)) return failure('context', shorten(text))
  return failure('overload', shorten(text), OVERLOADED.test(text))
}

/** Reads whatever a provider's package threw. */
export const readFailure = (thrown: unknown, nowMs = Date.now()): Failure => {
  if (thrown instanceof Cut) return failure('cut', thrown.message, true)
  if (thrown instanceof Error && GARBLED.test(thrown.name))
    return failure('cut', `the stream held what cannot be read: ${shorten(thrown.message)}`, true)
  const api = ApiError.safeParse(thrown)
  const network = ofNetwork(codesOf(thrown), api.data?.url)
  if (api.success && api.data.statusCode !== undefined && (api.data.statusCode >= 400 || network === null))
    if (api.data.statusCode >= 400) return ofStatus(api.data.statusCode, api.data, nowMs)
  if (network !== null) return network
  if (thrown instanceof Error) return failure('other', shorten(thrown.message))
  return ofReport(thrown) ?? failure('other', 'it failed without saying why')
}

/** The fault that a failure ends in, once nothing is worth another attempt. */
export const modelFault = (model: string, seen: Failure, attempts: number, cause: unknown): Fault => {
  if (cause instanceof Fault) return cause
  const tried = attempts > 1 ? ` (${attempts} attempts)` : ''
  return fault(
    'E_MODEL_FAILED',
    { model, reason: `${seen.reason}${tried}`, mend: seen.mend, why: seen.why },
    { cause },
  )
}

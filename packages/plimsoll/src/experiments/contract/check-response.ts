import type { Api, ApiContent, ApiOperation, ApiResponse } from '../../contract/api.ts'
import { compileSchema, type SchemaProblem } from '../../contract/json-schema/compile-schema.ts'
import type { Exchange } from '../../model/evidence.ts'

/** What of an answer is not as documented. */
export type Mismatch = {
  kind: 'status' | 'media-type' | 'body'
  /** where in the body, indexes as `*`; `` for the whole */
  at: string
  /** the keyword of the schema that is broken; null where it is no matter of the schema */
  keyword: string | null
  problem: string
}

/** Refusals that come from the operation itself, as a rule; others come from what stands before it. */
const OF_OPERATION = new Set([400, 409, 422])

const statusOf = ({ responses }: ApiOperation, status: number): ApiResponse | null =>
  responses.find((one) => one.status === String(status)) ??
  responses.find((one) => one.status.toUpperCase() === `${Math.floor(status / 100)}XX`) ??
  responses.find((one) => one.status === 'default') ??
  null

/** Refusals that come from what stands before the operation, whoever wrote it and whatever the document says. */
const OF_OTHERS = new Set([
  401, 404, 405, 406, 407, 408, 413, 414, 415, 417, 421, 425, 426, 428, 429, 431, 451,
])

const isOwed = (status: number, plain: boolean) =>
  status < 300 || (plain && status >= 400 && status < 500 && !OF_OTHERS.has(status))

const essence = (type: string) => (type.split(';')[0] ?? '').trim().toLowerCase()

const fits = (documented: string, sent: string) => {
  const [wanted, got] = [essence(documented), essence(sent)]
  if (wanted === got || wanted === '*/*') return true
  if (wanted.endsWith('/*')) return got.startsWith(wanted.slice(0, -1))
  // A document that says JSON does not rule out the kinds of JSON that have a name of their own.
  return wanted === 'application/json' && /[/+]json$/.test(got)
}

/** Formats are annotations, and lists of what may come grow: neither makes an answer wrong. */
const UNSAID = new Set(['format', 'contentEncoding', 'contentMediaType', 'discriminator'])
const MOST_BODY = 199_000
const MOST = 4

const placeOf = ({ pointer }: SchemaProblem) => pointer.replace(/\/\d+(?=\/|$)/g, '/*')

const isWithin = ({ pointer }: SchemaProblem, place: string) =>
  pointer === place || pointer.startsWith(`${place}/`)

/** A branch that fails for a format alone would have been taken: nothing else is said of that place then. */
const withoutFormats = (problems: readonly SchemaProblem[]): SchemaProblem[] => {
  const formats = problems.filter(({ keyword }) => UNSAID.has(keyword))
  const excused = problems
    .filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
    .filter(({ pointer }) => formats.some((one) => isWithin(one, pointer)))
  return problems.filter(
    (one) => !UNSAID.has(one.keyword) && !excused.some(({ pointer }) => isWithin(one, pointer)),
  )
}

const inBody = (api: Api, content: ApiContent, body: string): Mismatch[] => {
  if (content.schema === null || body.length > MOST_BODY) return []
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return [{ kind: 'body', at: '', keyword: null, problem: 'the body is no JSON' }]
  }
  const problems = compileSchema(api, content.schema, 'response')?.(value) ?? []
  const said = withoutFormats(problems)
  return said.slice(0, MOST).map((one) => ({
    kind: 'body',
    at: placeOf(one),
    keyword: one.keyword,
    problem: `${placeOf(one) === '' ? 'the body' : placeOf(one)} ${one.message}`,
  }))
}

const contentOf = ({ content }: ApiResponse, { headers, body }: Exchange): ApiContent | Mismatch | null => {
  if (content.length === 0 || body === '') return null
  const type = headers['content-type']
  if (type === undefined)
    return {
      kind: 'media-type',
      at: '',
      keyword: null,
      problem: `no content type, documented is ${content.map(({ mediaType }) => mediaType).join(', ')}`,
    }
  return (
    content.find(({ mediaType }) => essence(mediaType) === essence(type)) ??
    content.find(({ mediaType }) => fits(mediaType, type)) ?? {
      kind: 'media-type',
      at: '',
      keyword: null,
      problem: `${essence(type)}, documented is ${content.map(({ mediaType }) => mediaType).join(', ')}`,
    }
  )
}

/**
 * What of an answer breaks the document. Of a status that is not documented only success is held against it: refusals
 * come from what stands before the operation as well.
 * @param plain the operation takes nothing, and nobody is asked who they are: what refuses is the operation itself
 */
export const checkResponse = (
  api: Api,
  operation: ApiOperation,
  exchange: Exchange,
  plain = false,
): Mismatch[] => {
  const { status } = exchange
  if (status === null || status >= 500 || operation.responses.length === 0) return []
  const response = statusOf(operation, status)
  if (response === null) {
    if (!isOwed(status, plain)) return []
    const documented = operation.responses.map((one) => one.status).join(', ')
    return [
      { kind: 'status', at: '', keyword: null, problem: `${status} is not documented, but ${documented}` },
    ]
  }
  // `default` speaks of errors where successes have a row of their own, or of anything.
  const content = contentOf(response, exchange)
  if (content === null) return []
  if ('kind' in content) return status < 300 ? [content] : []
  if (status >= 300 && !OF_OPERATION.has(status)) return []
  return /json/i.test(exchange.headers['content-type'] ?? '') ? inBody(api, content, exchange.body) : []
}

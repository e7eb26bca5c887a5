import { parseJson } from '../../base/json/parse-json.ts'
import type { Exchange } from '../../model/evidence.ts'

const BODY_CHARACTERS = 2_000

/** As evidence keeps it. */
export const cut = (exchange: Exchange): Exchange => ({
  ...exchange,
  body: exchange.body.slice(0, BODY_CHARACTERS),
})

const ABOUT_A_FAILURE =
  /^(?:errors?|message|msg|detail|details|code|status|statusCode|success|ok|path|timestamp)$/

/** Some APIs say no with 200: nothing but an error is in the answer, or it says of itself that it failed. */
const saysNo = ({ body }: Exchange): boolean => {
  const said = parseJson(body)
  if (said === null || typeof said !== 'object' || Array.isArray(said)) return false
  const fields = new Map<string, unknown>(Object.entries(said))
  if (fields.size === 0 || ![...fields.keys()].every((name) => ABOUT_A_FAILURE.test(name))) return false
  const failed = fields.get('success') === false || fields.get('ok') === false
  return (
    failed ||
    /^(?:fail|failed|failure|error)$/i.test(String(fields.get('status'))) ||
    isSaid(fields.get('error') ?? fields.get('errors'))
  )
}

const isSaid = (error: unknown) => error !== undefined && error !== null && error !== false && error !== ''

export const succeeds = (exchange: Exchange) =>
  exchange.status !== null && exchange.status >= 200 && exchange.status < 300 && !saysNo(exchange)

const shapeOf = ({ body }: Exchange): string => {
  const value = parseJson(body)
  if (Array.isArray(value)) return '[]'
  if (value !== null && typeof value === 'object') return Object.keys(value).sort().join(' ')
  return body.slice(0, 40)
}

/** Answered as the good one was: some APIs say no with 200, so the form of the body counts as well. */
export const isLike = (good: Exchange, other: Exchange): boolean =>
  succeeds(other) && shapeOf(good) === shapeOf(other)

/** A clear no; an answer that never came, or one to too many requests, says nothing. */
export const isRefused = (good: Exchange, other: Exchange): boolean =>
  other.status !== null && other.status !== 429 && !isLike(good, other)

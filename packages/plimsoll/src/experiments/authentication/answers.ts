import { parseJson } from '../../base/json/parse-json.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import type { Exchange } from '../../model/evidence.ts'

const BODY_CHARACTERS = 2_000

/** As evidence keeps it. */
export const cut = (exchange: Exchange): Exchange => ({
  ...exchange,
  body: exchange.body.slice(0, BODY_CHARACTERS),
})

export const succeeds = ({ status }: Exchange) => status !== null && status >= 200 && status < 300

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

/** `authorization: Bearer eyJ…` with another value in its place. */
export const withHeader = (request: RequestOptions, name: string, value: string): RequestOptions => ({
  ...request,
  headers: { ...request.headers, [name]: value },
})

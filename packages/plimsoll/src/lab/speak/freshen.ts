import { fillPlaceholders } from '../../base/random/fill-placeholders.ts'
import type { Random } from '../../base/random/random.ts'
import type { RequestOptions } from '../../instruments/http/http.ts'

/** A copy of any JSON value with its placeholders filled: `{{word}}`, `{{number}}`, `{{digits}}`, `{{uuid}}`. */
export const freshenValue = (value: unknown, random: Random): unknown => {
  if (typeof value === 'string') return fillPlaceholders(value, random)
  if (Array.isArray(value)) return value.map((item) => freshenValue(item, random))
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, freshenValue(inner, random)]))
}

/** The request to send now: placeholders filled, so that two sends never collide on a unique value. */
export const freshen = (request: RequestOptions, random: Random): RequestOptions => ({
  ...request,
  path: String(fillPlaceholders(request.path, random)),
  ...(request.headers !== undefined && {
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(fillPlaceholders(value, random))]),
    ),
  }),
  ...(request.body !== undefined && { body: freshenValue(request.body, random) }),
})

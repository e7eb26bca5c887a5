import type { RequestOptions } from '../../instruments/http/http.ts'

/** Where a client of an operation puts a key of its own, so that a repeat of a request is known as one. */
export type IdempotencyKey = {
  in: 'header' | 'body'
  /** as the app spells it: `Idempotency-Key`, `idempotencyKey` */
  name: string
  /** false: it is read somewhere in the service, and whether this operation takes it is to be seen */
  sure: boolean
  /** what says so: `openapi.yaml`, `src/routes/payments.js:14`, `its own refusal` */
  from: string
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The request with this key, in place of one it may have had. */
export const withKey = (
  request: RequestOptions,
  { in: where, name }: Pick<IdempotencyKey, 'in' | 'name'>,
  value: string,
): RequestOptions => {
  if (where === 'body') {
    return { ...request, body: { ...(isRecord(request.body) ? request.body : {}), [name]: value } }
  }
  const others = Object.entries(request.headers ?? {}).filter(
    ([header]) => header.toLowerCase() !== name.toLowerCase(),
  )
  return { ...request, headers: { ...Object.fromEntries(others), [name]: value } }
}

import { redactOutput } from '../policy/redact-output.ts'

const SECRET_NAME = /^[\w-]*(?:password|passwd|secret|api[_-]?key|authorization)$/i
const MASK = '(redacted)'

/** Texts without credentials, however deep they lie; numbers, names and shapes stay as they are. */
export const redactDeep = (value: unknown, secrets: readonly string[]): unknown => {
  if (typeof value === 'string') return redactOutput(value, secrets)
  if (Array.isArray(value)) return value.map((one) => redactDeep(one, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET_NAME.test(key) && typeof inner === 'string' && inner.length >= 6
        ? MASK
        : redactDeep(inner, secrets),
    ]),
  )
}

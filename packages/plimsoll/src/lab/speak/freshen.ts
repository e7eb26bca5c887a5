import type { Random } from '../../base/random/random.ts'
import type { RequestOptions } from '../../instruments/http/http.ts'

const FILLERS: Record<string, (random: Random) => string | number> = {
  word: (random) => random.word(10),
  number: (random) => random.integer(1_000, 2_000_000_000),
  digits: (random) => String(random.integer(100_000_000, 999_999_999)),
  uuid: (random) => {
    const hex = Array.from({ length: 32 }, () => '0123456789abcdef'[random.integer(0, 15)]).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  },
}

const WHOLE = /^\{\{(\w+)\}\}$/
const ANY = /\{\{(\w+)\}\}/g

const freshenText = (text: string, random: Random): string | number => {
  const whole = WHOLE.exec(text)?.[1]
  if (whole !== undefined) return FILLERS[whole]?.(random) ?? text
  return text.replace(ANY, (same, name: string) => String(FILLERS[name]?.(random) ?? same))
}

/** A copy of any JSON value with its placeholders filled: `{{word}}`, `{{number}}`, `{{digits}}`, `{{uuid}}`. */
export const freshenValue = (value: unknown, random: Random): unknown => {
  if (typeof value === 'string') return freshenText(value, random)
  if (Array.isArray(value)) return value.map((item) => freshenValue(item, random))
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, freshenValue(inner, random)]))
}

/** The request to send now: placeholders filled, so that two sends never collide on a unique value. */
export const freshen = (request: RequestOptions, random: Random): RequestOptions => ({
  ...request,
  path: String(freshenText(request.path, random)),
  ...(request.headers !== undefined && {
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(freshenText(value, random))]),
    ),
  }),
  ...(request.body !== undefined && { body: freshenValue(request.body, random) }),
})

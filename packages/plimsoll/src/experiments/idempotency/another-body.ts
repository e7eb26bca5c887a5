import type { RequestOptions } from '../../lab/lab.ts'

const NO_CONTENT = /(?:^|_)id$|Id$|ID$|uuid|email|password|token|type|status|currency|key/

type Change = (value: unknown) => unknown

const differently = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  return typeof value === 'string' && !/^\d{4}-\d\d-\d\d|@|:\/\//.test(value) ? `${value}x` : undefined
}

/** Every way to change one value of a JSON tree, contents before names of things, numbers first. */
const changesOf = (value: unknown, key = ''): { weight: number; apply: Change }[] => {
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, inner]) =>
      changesOf(inner, Array.isArray(value) ? key : name).map(({ weight, apply }) => ({
        weight,
        apply: (whole): unknown => {
          if (Array.isArray(whole)) return whole.map((item, at) => (String(at) === name ? apply(item) : item))
          return whole !== null && typeof whole === 'object' ? { ...whole, [name]: apply(inner) } : whole
        },
      })),
    )
  }
  const other = differently(value)
  if (other === undefined) return []
  const weight = (NO_CONTENT.test(key) ? 10 : 0) + (typeof value === 'number' ? 0 : 1)
  return [{ weight, apply: () => other }]
}

/** The same request about something else: one value of its body is another one. The likeliest to be accepted first. */
export const otherBodies = (request: RequestOptions): RequestOptions[] =>
  changesOf(request.body)
    .sort((a, b) => a.weight - b.weight)
    .map(({ apply }) => ({ ...request, body: apply(request.body) }))

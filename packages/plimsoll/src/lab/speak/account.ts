import type { Exchange } from '../../model/evidence.ts'

/** Names and values of a body, whatever they are nested in. */
export const leaves = (value: unknown, out: Record<string, unknown> = {}): Record<string, unknown> => {
  if (value === null || typeof value !== 'object') return out
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== null && typeof inner === 'object') leaves(inner, out)
    else out[key] = inner
  }
  return out
}

/** The same values under the keys that the login wants, nested as it nests them. */
export const fillFrom = (shape: unknown, known: Record<string, unknown>): unknown => {
  if (shape === null || typeof shape !== 'object' || Array.isArray(shape)) return shape
  return Object.fromEntries(
    Object.entries(shape).map(([key, inner]) => [
      key,
      inner !== null && typeof inner === 'object' ? fillFrom(inner, known) : (known[key] ?? inner),
    ]),
  )
}

/** A login of one account made into the login of another: each value that was the one's becomes the other's. */
export const loginAs = (login: unknown, one: unknown, other: unknown): unknown => {
  const theirs = leaves(other)
  const names = new Map(Object.entries(leaves(one)).map(([name, value]) => [value, name]))
  const swap = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') {
      const name = names.get(value)
      return name === undefined ? value : theirs[name]
    }
    if (Array.isArray(value)) return value.map(swap)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, swap(inner)]))
  }
  return swap(login)
}

const RIGHTS = /role|admin|staff|permission|scope|rights|super/i

/** What an answer says of an account's rights, as one text; the first account of an app is often its administrator. */
export const rightsIn = ({ body }: Exchange): string => {
  try {
    const said = Object.entries(leaves(JSON.parse(body))).filter(([name]) => RIGHTS.test(name))
    return JSON.stringify(said.sort(([a], [b]) => a.localeCompare(b)))
  } catch {
    return '[]'
  }
}

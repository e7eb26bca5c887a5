type Thing = Record<string, unknown>

export const isThing = (value: unknown): value is Thing =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !Buffer.isBuffer(value)

/** `{ user: { email } }`: the object that holds the fields, where one key wraps it. */
export const fieldsOf = (body: unknown): Thing => {
  if (!isThing(body)) return {}
  const [only, ...more] = Object.values(body)
  return more.length === 0 && isThing(only) ? fieldsOf(only) : body
}

/** The same body with more fields beside its own, in the same wrapper. */
export const withFields = (body: unknown, extra: Readonly<Thing>): Thing => {
  if (!isThing(body)) return { ...extra }
  const entries = Object.entries(body)
  const [only] = entries
  if (entries.length === 1 && only !== undefined && isThing(only[1]))
    return { [only[0]]: withFields(only[1], extra) }
  return { ...body, ...extra }
}

/** Every name in a JSON value, however deep. */
export const namesIn = (value: unknown): string[] => {
  if (value === null || typeof value !== 'object') return []
  const inner = Object.values(value).flatMap(namesIn)
  return Array.isArray(value) ? inner : [...Object.keys(value), ...inner]
}

const MOMENT = /^\d{4}-\d\d-\d\dT|^\d{13}$/
const CHANGES =
  /(updated|modified|changed|touched|seen|accessed|read|synced)_?(at|on|time)?$|^(etag|version|revision|rev|__v|views?|view_?count|now|timestamp)$/i

/** A body without what may differ from one answer to the next: moments, counters of versions. */
export const steadyPart = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(steadyPart)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => !CHANGES.test(name) && !(/at$/i.test(name) && MOMENT.test(String(inner))))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, steadyPart(inner)]),
  )
}

export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(steadyPart(one)) === JSON.stringify(steadyPart(other))

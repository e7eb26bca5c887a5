const map = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((each) => map(each, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, map(each, change)]))
}

/** The same value with every text in it changed, however deep it lies; keys and shapes stay. */
export const mapTexts = <Value>(value: Value, change: (text: string) => string): Value =>
  // Texts become texts, so what it was it still is.
  map(value, change) as Value

import type { Api } from './api.ts'

const REFERENCE = '#/$defs/'

const mapTexts = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return value.startsWith(REFERENCE) ? change(value) : value
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, mapTexts(held, change)]))
}

/** The same operations, with no definition of a name that is taken. */
export const renameDefinitions = (
  api: Pick<Api, 'operations' | 'definitions'>,
  taken: ReadonlySet<string>,
): Pick<Api, 'operations' | 'definitions'> => {
  const names = new Map<string, string>()
  const used = new Set([...taken, ...Object.keys(api.definitions)])
  for (const name of Object.keys(api.definitions).filter((one) => taken.has(one))) {
    let free = name
    for (let count = 2; used.has(free); count += 1) free = `${name}${count}`
    used.add(free)
    names.set(name, free)
  }
  if (names.size === 0) return api
  const change = (text: string) => {
    const renamed = names.get(text.slice(REFERENCE.length))
    return renamed === undefined ? text : `${REFERENCE}${renamed}`
  }
  const definitions = Object.entries(api.definitions).map(([name, schema]) => [
    names.get(name) ?? name,
    mapTexts(schema, change),
  ])
  const renamed = { operations: api.operations.map((one) => mapTexts(one, change)), definitions }
  // The shape is that of what went in: only texts were changed.
  return { ...renamed, definitions: Object.fromEntries(definitions) } as Pick<
    Api,
    'operations' | 'definitions'
  >
}

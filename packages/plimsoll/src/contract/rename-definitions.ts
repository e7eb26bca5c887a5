import { mapTexts } from '../base/json/map-texts.ts'
import type { Api } from './api.ts'

const REFERENCE = '#/$defs/'

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
    const renamed = text.startsWith(REFERENCE) ? names.get(text.slice(REFERENCE.length)) : undefined
    return renamed === undefined ? text : `${REFERENCE}${renamed}`
  }
  const definitions = Object.entries(api.definitions).map(([name, schema]) => [
    names.get(name) ?? name,
    mapTexts(schema, change),
  ])
  return { operations: mapTexts(api.operations, change), definitions: Object.fromEntries(definitions) }
}

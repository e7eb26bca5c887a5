import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import { sameKin, stem } from '../../lab/speak/things.ts'
import { isFor, namesOf, type Thing } from './thing.ts'

/** Where an operation takes the name of an object. */
export type Slot =
  | { in: 'path'; name: string }
  | { in: 'query'; name: string }
  | { in: 'body'; at: readonly string[] }

const REFERENCE = /(?:^|_)ids?$|Ids?$|IDs?$|_?uuid$|Uuid$/

export const parametersOf = (path: string): string[] =>
  [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => (name === undefined ? [] : [name]))

const walk = (value: unknown, at: readonly string[] = []): (readonly string[])[] =>
  value !== null && typeof value === 'object' && !Buffer.isBuffer(value)
    ? Object.entries(value).flatMap(([key, inner]) => walk(inner, [...at, key]))
    : [at]

const SOURCE = /^(?:from|source|sender|payer|debit|origin)/i

/** `fromWalletId` means a wallet as well. */
const means = (name: string, word: string) =>
  sameKin(stem(name), word) || (word.length > 3 && stem(name).endsWith(word.replace(/[_-]/g, '')))

const nameAt = (at: readonly string[]) => at.findLast((key) => !/^\d+$/.test(key)) ?? ''

/** Places in a body that refer to a thing of this kind, what is taken from before what is given to. */
export const referencesTo = (body: unknown, thing: Thing): (readonly string[])[] =>
  walk(body)
    .filter((at) => {
      const name = nameAt(at)
      return REFERENCE.test(name) && [thing.kin, ...thing.alias].some((word) => means(name, word))
    })
    .sort((x, y) => Number(SOURCE.test(nameAt(y))) - Number(SOURCE.test(nameAt(x))))

const put = (value: unknown, at: readonly string[], what: (old: unknown) => unknown): unknown => {
  const [key, ...rest] = at
  if (key === undefined) return what(value)
  if (Array.isArray(value)) return value.map((item, n) => (String(n) === key ? put(item, rest, what) : item))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === key ? put(inner, rest, what) : inner]),
  )
}

/** A number stays one. */
const like = (old: unknown, name: string) =>
  typeof old === 'number' && /^\d+$/.test(name) ? Number(name) : name

const setQuery = (path: string, name: string, value: string) => {
  const [bare = '', query = ''] = path.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set(name, value)
  return `${bare}?${parameters}`
}

const fieldOf = (at: readonly string[]) => at.at(-1) ?? 'id'

/** What the slot is given for this thing, the best first. */
export const valuesFor = (path: string, slot: Slot, thing: Thing): string[] => {
  if (slot.in === 'path') return namesOf(thing, path, slot.name)
  const name = slot.in === 'query' ? slot.name : fieldOf(slot.at)
  return namesOf(thing, `${thing.path}/:${name}`, name)
}

export const setSlot = (request: RequestOptions, path: string, slot: Slot, value: string): RequestOptions => {
  if (slot.in === 'query') return { ...request, path: setQuery(request.path, slot.name, value) }
  if (slot.in === 'body') return { ...request, body: put(request.body, slot.at, (old) => like(old, value)) }
  const at = path.split('/').indexOf(`:${slot.name}`)
  const [bare = '', query] = request.path.split('?')
  const filled = bare
    .split('/')
    .map((part, index) => (index === at ? encodeURIComponent(value) : part))
    .join('/')
  return { ...request, path: query === undefined ? filled : `${filled}?${query}` }
}

/**
 * The known request with every parameter and reference that one of these things fits filled with its name; the first
 * thing that fits is taken.
 */
export const fillWith = (
  { route, request }: Pick<KnownRequest, 'route' | 'request'>,
  things: readonly Thing[],
  except?: Slot,
): RequestOptions => {
  let filled = request
  for (const name of parametersOf(route.path)) {
    if (except?.in === 'path' && except.name === name) continue
    const thing = things.find((one) => isFor(one, route.path, name))
    const value = thing === undefined ? undefined : namesOf(thing, route.path, name)[0]
    if (value !== undefined) filled = setSlot(filled, route.path, { in: 'path', name }, value)
  }
  for (const thing of things) {
    for (const at of referencesTo(filled.body, thing).slice(0, 1)) {
      if (except?.in === 'body' && except.at.join('.') === at.join('.')) continue
      const value = valuesFor(route.path, { in: 'body', at }, thing)[0]
      if (value !== undefined) filled = setSlot(filled, route.path, { in: 'body', at }, value)
    }
  }
  return filled
}

import type { KnownRequest } from '../../lab/lab.ts'
import { labelOf } from '../../lab/operations/operation.ts'
import { changesData } from '../../lab/speak/changing-reads.ts'
import type { Bench } from './bench.ts'
import { parametersOf, referencesTo, type Slot } from './fill.ts'
import { isOfARole } from './functions.ts'
import type { Maker } from './maker.ts'
import { isFor, type Thing } from './thing.ts'
import { type Home, thingsOf } from './world.ts'

/** An operation that is given one of A's things, and where. */
export type Target = {
  known: KnownRequest
  /** `GET /notes/:id` */
  label: string
  slot: Slot
  thing: Thing
  /** null where it is the account itself */
  maker: Maker | null
}

const SESSION = /\/(?:log-?out|sign-?out|logoff|log-?in|sign-?in|refresh|tokens?)\b/i

const inPath = (known: KnownRequest, things: readonly Thing[]): { slot: Slot; thing: Thing } | null => {
  const { path } = known.route
  for (const name of parametersOf(path).reverse()) {
    const thing = things.find((one) => isFor(one, path, name))
    if (thing !== undefined) return { slot: { in: 'path', name }, thing }
  }
  return null
}

const inBody = ({ request }: KnownRequest, things: readonly Thing[]): { slot: Slot; thing: Thing } | null => {
  for (const thing of things) {
    const [at] = referencesTo(request.body, thing)
    if (at !== undefined) return { slot: { in: 'body', at }, thing }
  }
  return null
}

const SAFE_WITHOUT_BODY = new Set(['GET', 'DELETE'])

/** Routes that were not reached, as there was nothing to ask them for: with something they may be. */
const unreached = ({ lab }: Pick<Bench, 'lab'>): KnownRequest[] =>
  lab.service.routes
    .map((route) => ({ ...route, method: route.method === 'ANY' ? 'GET' : route.method }))
    .filter(({ method, path }) => SAFE_WITHOUT_BODY.has(method) && !path.includes('*'))
    .filter(({ method, path }) => path.includes(':') || (method === 'GET' && isOfARole(path)))
    .map((route) => ({
      route,
      request: { method: route.method, path: route.path },
      ...{ status: 200, statements: {}, writes: {}, how: 'inferred' },
    }))

const each = (bench: Pick<Bench, 'lab'>): KnownRequest[] =>
  [...bench.lab.known, ...unreached(bench)].filter(
    (known, index, all) =>
      !SESSION.test(known.route.path) &&
      !changesData(known.route) &&
      all.findIndex((other) => labelOf(other) === labelOf(known)) === index,
  )

/** Reads that are given no object: what they show is shown to whoever asks. */
export const collectionsOf = (bench: Pick<Bench, 'lab'>, home: Home): KnownRequest[] =>
  each(bench).filter(
    (known) =>
      known.request.method === 'GET' &&
      !/\/:\w/.test(known.request.path) &&
      inPath(known, thingsOf(home)) === null,
  )

const FILTER =
  /^(?:filter\[)?(?:user|owner|customer|account|author|member|patient|client|tenant|org|company)(?:_?(?:id|uuid|name|email))?\]?$|^(?:e?mail|username|login|uid)$/i

const queryNames = ({ lab }: Pick<Bench, 'lab'>, { route, request }: KnownRequest): string[] => {
  const operation = lab.api?.operations.find(
    ({ method, path }) => method === route.method && path === route.path,
  )
  const declared = (operation?.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
  const sent = [...new URLSearchParams(request.path.split('?')[1] ?? '').keys()]
  return [...new Set([...sent, ...(route.reads?.query ?? []), ...declared])]
}

/** Collections that can be asked for what is another account's: `GET /invoices?userId=7`. */
export const filtersOf = (bench: Pick<Bench, 'lab'>, home: Home): Target[] =>
  collectionsOf(bench, home).flatMap((known) =>
    queryNames(bench, known)
      .filter((name) => FILTER.test(name.replace(/([a-z])([A-Z])/g, '$1_$2')))
      .map((name) => ({
        ...{ known, label: labelOf(known), slot: { in: 'query' as const, name } },
        ...{ thing: home.identity, maker: null },
      })),
  )

/** Operations that are given one of the home's things. */
export const targetsOf = (bench: Pick<Bench, 'lab'>, home: Home): Target[] => {
  const things = thingsOf(home)
  const makers = new Map([...home.things].map(([maker, thing]) => [thing, maker]))
  return each(bench).flatMap((known): Target[] => {
    const found = inPath(known, things) ?? inBody(known, things)
    if (found === null) return []
    return [{ known, label: labelOf(known), ...found, maker: makers.get(found.thing) ?? null }]
  })
}

import type { KnownRequest, Lab } from '../lab.ts'
import { changesData } from '../speak/changing-reads.ts'
import { freshen } from '../speak/freshen.ts'
import { createHarvest, type Harvest } from '../speak/harvest.ts'
import { withReferences } from '../speak/references.ts'
import { harvestRows } from '../speak/store-rows.ts'

const BODY_LIMIT = 1_048_576
const MOST_LISTS = 40
const MOST_THINGS = 16

const isList = ({ route, request, status }: KnownRequest) =>
  request.method === 'GET' && status < 300 && !route.path.includes(':') && !changesData(route)

/** The things that the API's lists show, and then those that the tables hold. */
export const harvestThings = async (
  lab: Pick<Lab, 'http' | 'known' | 'random' | 'stores'>,
  signal: AbortSignal,
): Promise<Harvest> => {
  const harvest = createHarvest()
  const names = ({ route, request }: KnownRequest) => route.path.includes(':') || request.body !== undefined
  if (!lab.known.some(names)) return harvest
  for (const { route, request } of lab.known.filter(isList).slice(0, MOST_LISTS)) {
    signal.throwIfAborted()
    const sent = { ...freshen(request, lab.random), bodyLimit: BODY_LIMIT, signal }
    const { status, body } = await lab.http.request(sent)
    if (status !== null && status < 300) harvest.keep(route.path, body, request.path)
  }
  await harvestRows(lab, harvest)
  return harvest
}

/** What a request asks for: its path, and its body where it has one. */
export type Asked = Pick<KnownRequest['request'], 'path' | 'body'>

/**
 * The request's path, then paths to other things that its last parameter may name. What stands before the parameter
 * stays: `/venues/3/events/7` becomes `/venues/3/events/8`.
 */
const pathsToThings = ({ route, request }: KnownRequest, harvest: Harvest): string[] => {
  const [bare = '', query] = request.path.split('?')
  const pattern = route.path.split('/')
  const parts = bare.split('/')
  const at = pattern.findLastIndex((part) => /^:\w+$/.test(part))
  if (at === -1 || parts.length !== pattern.length || request.path.includes('{{')) return [request.path]
  const name = (pattern[at] ?? '').slice(1)
  const paths = harvest
    .forParameter(route.path, name, bare)
    .map((value) => parts.with(at, encodeURIComponent(value)).join('/'))
    .map((path) => (query === undefined ? path : `${path}?${query}`))
  return [...new Set([request.path, ...paths])].slice(0, MOST_THINGS)
}

/** The body, then others that refer to other things; only where the path names none. */
const bodiesWithThings = ({ route, request }: KnownRequest, harvest: Harvest): unknown[] => {
  const others = withReferences(request.body, route.path, request.path, harvest)
  const bodies = new Map([request.body, ...others].map((body) => [JSON.stringify(body), body]))
  return [...bodies.values()]
}

/** The request's own path and body first, then those that ask for other things of the same kinds. */
export const askForThings = (known: KnownRequest, harvest: Harvest): Asked[] => {
  const { body } = known.request
  const paths = pathsToThings(known, harvest).map((path) => ({ path, body }))
  if (paths.length > 1 || body === undefined || body === null) return paths
  return bodiesWithThings(known, harvest).map((other) => ({ path: known.request.path, body: other }))
}

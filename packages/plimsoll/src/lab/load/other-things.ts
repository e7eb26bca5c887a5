import type { KnownRequest, Lab } from '../lab.ts'
import { changesData } from '../speak/changing-reads.ts'
import { freshen } from '../speak/freshen.ts'
import { createHarvest, type Harvest } from '../speak/harvest.ts'
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
  if (!lab.known.some(({ route }) => route.path.includes(':'))) return harvest
  for (const { route, request } of lab.known.filter(isList).slice(0, MOST_LISTS)) {
    signal.throwIfAborted()
    const sent = { ...freshen(request, lab.random), bodyLimit: BODY_LIMIT, signal }
    const { status, body } = await lab.http.request(sent)
    if (status !== null && status < 300) harvest.keep(route.path, body, request.path)
  }
  await harvestRows(lab, harvest)
  return harvest
}

/**
 * The request's path, then paths to other things that its last parameter may name. What stands before the parameter
 * stays: `/venues/3/events/7` becomes `/venues/3/events/8`.
 */
export const pathsToThings = ({ route, request }: KnownRequest, harvest: Harvest): string[] => {
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

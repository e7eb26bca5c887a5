import { parseJson } from '../../../base/json/parse-json.ts'
import type { RequestOptions } from '../../../lab/lab.ts'
import type { Bench } from '../bench.ts'
import type { Family, Sighting } from '../family.ts'
import { placeValue } from '../place-value.ts'
import type { Point } from '../points.ts'

const MOST_READS = 6
const MOST_LOOKUPS = 3

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const giftOf = (mark: string) => `${mark}value`

/** Errors of most frameworks say in `headers` what their answer carries besides. */
const properties = (mark: string) => ({ [mark]: giftOf(mark), headers: { [`x-${mark}`]: '1' } })

const ROUTES: readonly ((inner: object) => string)[] = [
  (inner) => `"__proto__":${JSON.stringify(inner)}`,
  (inner) => `"constructor":{"prototype":${JSON.stringify(inner)}}`,
]

/** As text: an object literal with that key would change its own prototype instead. */
const withKey = (value: Record<string, unknown>, key: string): string => {
  const inner = Object.entries(value).map(([name, one]) => {
    const text = isRecord(one) ? withKey(one, key) : JSON.stringify(one)
    return `${JSON.stringify(name)}:${text}`
  })
  return `{${[...inner, key].join(',')}}`
}

const json = { 'content-type': 'application/json' }

/** Requests that have nothing to do with what was sent: reads, look-ups by a name that is in none, and mistakes. */
const unrelated = (bench: Bench, point: Point, mark: string): RequestOptions[] => {
  const reads = bench.known.filter(({ request }) => request.method === 'GET')
  const lookUps = reads.flatMap(({ request, route }) => {
    const index = route.path.split('/').findLastIndex((part) => part.startsWith(':'))
    const name = 'key'
    return index === -1 ? [] : [placeValue(request, { in: 'path', name, index }, mark)]
  })
  const { body: _, ...request } = point.request()
  return [
    ...reads.slice(0, MOST_READS).map((known) => known.request),
    ...lookUps.slice(0, MOST_LOOKUPS),
    { ...request, headers: { ...request.headers, ...json }, body: '{"broken": ' },
    { method: 'GET', path: '/%zz' },
  ]
}

const survey = async (bench: Bench, point: Point, role: string, mark: string): Promise<Sighting[]> => {
  const seen: Sighting[] = []
  for (const request of unrelated(bench, point, mark))
    seen.push(await bench.look(request, { role, mark, sent: '', products: [] }))
  return seen
}

/** The value under our name, and not because somebody keeps the whole request. */
const holds = (value: unknown, mark: string): boolean => {
  if (value === giftOf(mark)) return true
  if (value === null || typeof value !== 'object') return false
  return Object.entries(value).some(
    ([key, inner]) => !/^(?:__proto__|constructor|prototype)$/.test(key) && holds(inner, mark),
  )
}

const isPolluted = ({ exchange: { headers, body }, mark }: Sighting): boolean =>
  headers[`x-${mark}`] !== undefined || body === giftOf(mark) || holds(parseJson(body), mark)

/** Every object of the program gets a property, so it shows in answers to requests that never named it. */
export const prototype: Family = {
  id: 'prototype',
  title: 'prototype pollution',
  cwe: 1321,
  harm: 'lets the caller give every object of the program a property',
  repairs: [
    'Merge only names that are known, or refuse __proto__, constructor and prototype; Object.create(null) and Map have no prototype to reach.',
    'Check bodies against a schema that allows no other properties.',
  ],
  whole: true,
  suits: (_, app) => app.language === 'javascript',
  async attempt(point, bench) {
    const { value } = bench.ownOf(point)
    if (!isRecord(value)) return []
    const sent: Sighting[] = []
    for (const route of ROUTES) {
      const mark = bench.newMark()
      const before = await survey(bench, point, 'before', mark)
      const make = (_: string, __: string, own: unknown) =>
        withKey(isRecord(own) ? own : {}, route(properties(mark)))
      const attack = await bench.shoot(point, { role: 'attack', make, headers: json, mark })
      const after = await survey(bench, point, 'after', mark)
      sent.push(attack)
      if (!after.some(isPolluted)) continue
      await bench.restart()
      return [attack, ...after, ...before, ...(await survey(bench, point, 'restarted', mark))]
    }
    return sent
  },
  weigh: (sightings) => {
    const attack = sightings.find(({ role }) => role === 'attack')
    const after = sightings.filter((one) => one.role === 'after' && isPolluted(one))
    const telling = after.find(({ exchange: { method, path } }) =>
      ['before', 'restarted'].every((role) =>
        sightings.some(
          (one) =>
            one.role === role &&
            one.exchange.method === method &&
            one.exchange.path === path &&
            !isPolluted(one),
        ),
      ),
    )
    if (attack === undefined || telling === undefined) return null
    return {
      severity: 'high',
      says: `afterwards ${telling.exchange.method} ${telling.exchange.path} answered with a property that only that request named, until the app was started again`,
      show: [attack, telling],
    }
  },
}

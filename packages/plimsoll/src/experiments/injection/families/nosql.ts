import { givenIn, succeeded, toldBy } from '../answers.ts'
import type { Bench } from '../bench.ts'
import type { Family, Sighting } from '../family.ts'
import type { Point } from '../points.ts'

const ROUNDS = 3

/** What finds everything but the mark, and what finds nothing, in the words of the same query language. */
const finding = (mark: string) => ({ $ne: mark })
const missing: readonly ((mark: string) => unknown)[] = [
  (mark) => ({ $eq: mark }),
  (mark) => mark,
  (mark) => ({ plimsoll: mark }),
]

const shoot = (point: Point, bench: Bench, role: string, make: (mark: string) => unknown) =>
  bench.shoot(point, { role, make: (_, mark) => make(mark) })

const finds = (more: Sighting, less: Sighting) =>
  succeeded(more.exchange) &&
  toldBy(more) !== toldBy(less) &&
  (!succeeded(less.exchange) || givenIn(less.exchange) < givenIn(more.exchange))

const proves = (sightings: readonly Sighting[]): boolean => {
  const found = sightings.filter(({ role }) => role === 'operator')
  const others = sightings.filter(({ role }) => role === 'other')
  return (
    found.length >= ROUNDS &&
    others.length >= missing.length &&
    found.every((more) => others.every((less) => finds(more, less)))
  )
}

/** A request that is refused with a wrong value is granted with a condition in its place. */
const opens = (sightings: readonly Sighting[]) =>
  sightings.every(({ role, exchange }) => role !== 'other' || !succeeded(exchange))

export const nosql: Family = {
  id: 'nosql',
  title: 'query operator injection',
  cwe: 943,
  harm: 'takes conditions where it expects values',
  repairs: [
    'Check that each value is a text (or a number) before it becomes part of a query: a schema, or String(value).',
    'Where the query language allows, name the operator yourself: { field: { $eq: value } }.',
  ],
  suits: ({ place }) => place.in === 'body' || place.in === 'query',
  async attempt(point, bench) {
    const first = await shoot(point, bench, 'operator', finding)
    if (!succeeded(first.exchange)) return [first]
    const sent = [first]
    for (const make of missing) {
      const other = await shoot(point, bench, 'other', make)
      sent.push(other)
      if (!finds(first, other)) return sent
    }
    while (sent.filter(({ role }) => role === 'operator').length < ROUNDS)
      sent.push(await shoot(point, bench, 'operator', finding))
    return sent
  },
  weigh: (sightings) => {
    if (!proves(sightings)) return null
    const of = (role: string) => sightings.find((one) => one.role === role)
    const show = [of('operator'), of('other')].filter((one) => one !== undefined)
    const granted = opens(sightings)
    return {
      severity: granted ? 'critical' : 'medium',
      // A search may offer operators on purpose; what lets somebody in does not.
      tier: granted ? 'defect' : 'suspicion',
      says: granted
        ? '{"$ne": …} is granted what a wrong value, {"$eq": …} and another object are refused'
        : '{"$ne": …} finds what a wrong value, {"$eq": …} and another object do not',
      show,
    }
  },
}

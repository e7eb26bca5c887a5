import type { Family, Sighting } from '../family.ts'

const made = ({ exchange: { headers }, mark }: Sighting) => headers[`x-${mark}`] !== undefined

/** A line end in a value begins a header of our own. */
export const header: Family = {
  id: 'header',
  title: 'header injection',
  cwe: 113,
  harm: 'writes headers that the caller makes up',
  repairs: [
    'Set headers through the framework, which refuses line ends, and encode what callers send before it is in one.',
  ],
  suits: ({ place }) => place.in === 'query' || place.in === 'body' || place.in === 'path',
  attempt: async (point, bench) => [
    await bench.shoot(point, { role: 'attack', make: (own, mark) => `${own}\r\nX-${mark}: 1` }),
  ],
  weigh: (sightings) => {
    const attack = sightings.find(made)
    if (attack === undefined) return null
    return {
      severity: 'medium',
      says: `the answer has a header x-${attack.mark}, which only the request names`,
      show: [attack],
    }
  },
}

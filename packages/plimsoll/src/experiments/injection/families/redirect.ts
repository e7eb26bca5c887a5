import type { Family, Sighting } from '../family.ts'

const NAMED =
  /redirect|return|next|url|uri|goto|go$|continue|dest|target|back|callback|link|forward|ref|^to$|^u$|^r$/i

const leadsAway = ({ mark, exchange: { status, headers } }: Sighting): boolean => {
  const { location } = headers
  if (status === null || status < 300 || status >= 400 || location === undefined) return false
  return new RegExp(`^(?:https?:)?//${mark}\\.example\\.com(?:[/?#]|$)`, 'i').test(location)
}

/** The answer sends a browser to a host that only the request named. */
export const redirect: Family = {
  id: 'redirect',
  title: 'open redirect',
  cwe: 601,
  harm: 'sends visitors to addresses that the caller chooses',
  repairs: [
    'Redirect to paths of your own only, or to hosts from a list: parse the address and compare its origin.',
  ],
  suits: ({ place, input }) =>
    (place.in === 'query' || place.in === 'body' || place.in === 'path') &&
    NAMED.test(input.split('.').at(-1) ?? ''),
  async attempt(point, bench) {
    const first = await bench.shoot(point, {
      role: 'attack',
      make: (_, mark) => `https://${mark}.example.com/`,
    })
    if (leadsAway(first)) return [first]
    return [first, await bench.shoot(point, { role: 'attack', make: (_, mark) => `//${mark}.example.com/` })]
  },
  weigh: (sightings) => {
    const attack = sightings.find(leadsAway)
    if (attack === undefined) return null
    // A link leads a visitor there by itself; a form has to be sent by a page that is already foreign.
    return {
      severity: attack.exchange.method === 'GET' ? 'medium' : 'low',
      says: `${attack.exchange.status} with Location ${attack.exchange.headers.location}`,
      show: [attack],
    }
  },
}

import type { Family } from '../family.ts'
import type { Point } from '../points.ts'

const NAMED =
  /ur[il]|href|link|callback|hook|image|img|avatar|picture|photo|thumbnail|feed|rss|src|source|remote|fetch|import|proxy|endpoint|target|preview|download|site|page|host|domain|server|address|ip$/i
const HOST = /host|domain|server|ip$/i
const MEANT = /hook|callback|notif|subscri/i

/** true for a value that names a place in the network */
export const namesAddress = ({ input }: Pick<Point, 'input'>, own: string): boolean =>
  NAMED.test(input.replace(/^\w+\./, '')) || /^https?:\/\//.test(own)

/** The listener is asked for a path that stands in this request and nowhere else. */
export const address: Family = {
  id: 'address',
  title: 'request forgery',
  cwe: 918,
  harm: 'sends requests to addresses that the caller chooses',
  repairs: [
    'Send requests only to hosts from a list.',
    'Where any address is meant, resolve it first, refuse loopback, link-local and private ranges, connect to the address that was checked, and follow no redirect unchecked.',
  ],
  suits: ({ place }) => place.in === 'body' || place.in === 'query' || place.in === 'path',
  async attempt(point, bench) {
    if (bench.canary === null || !namesAddress(point, bench.ownOf(point).text)) return []
    const { origin } = bench.canary
    const whole = await bench.shoot(point, { role: 'attack', make: (_, mark) => `${origin}/${mark}` })
    if (whole.hits.length > 0 || !HOST.test(point.input)) return [whole]
    const host = new URL(origin).host
    return [whole, await bench.shoot(point, { role: 'attack', make: (_, mark) => `${host}/${mark}?` })]
  },
  weigh: (sightings) => {
    const attack = sightings.find(({ hits }) => hits.length > 0)
    if (attack === undefined) return null
    const [hit] = attack.hits
    const passedOn = attack.shown.includes('listener')
    const meant = MEANT.test(`${attack.exchange.path} ${attack.exchange.requestBody ?? ''}`)
    return {
      severity: passedOn && !meant ? 'high' : 'medium',
      says: `an address on loopback was asked (${hit?.method} with the path of this request)${
        passedOn ? ', and its answer was passed on' : ''
      }${meant ? '; it may be meant to ask any address, but not those inside' : ''}`,
      show: [attack],
    }
  },
}

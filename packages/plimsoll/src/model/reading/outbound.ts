import { formatNumber } from '../../base/text/numbers.ts'
import type { Outbound } from '../outbound.ts'
import type { Run } from '../run.ts'

type Place = Pick<Outbound, 'host' | 'port' | 'outcome' | 'times' | 'during'> & { overUdp: boolean }

/** A look-up and a connection are one wish of the app. */
const placesOf = (outbound: readonly Outbound[]): Place[] => {
  const places = new Map<string, Place>()
  for (const { kind, host, port, outcome, times, during } of outbound) {
    const overUdp = kind === 'udp'
    const key = JSON.stringify([host, port, outcome, overUdp])
    const seen = places.get(key)
    places.set(key, {
      ...{ host, port, outcome, overUdp },
      times: times + (seen?.times ?? 0),
      during: [...new Set([...(seen?.during ?? []), ...during])],
    })
  }
  const isReserved = ({ host }: Place) => Number(RESERVED.test(host))
  return [...places.values()].sort((a, b) => isReserved(a) - isReserved(b) || b.times - a.times)
}

/** `api.stripe.com:443`, `[2001:db8::1]:443`, `/run/other.sock`: as the configuration takes it. */
const spell = ({ host, port }: Pick<Outbound, 'host' | 'port'>) => {
  if (port === null) return host
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

const countOf = (times: number) => (times === 1 ? 'once' : `${formatNumber(times)} times`)

/** Names that nobody can have: what asks for one was led there, by the lab's own made-up requests as a rule. */
const RESERVED = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid)$/i

const wayOf = ({ host }: Place) =>
  RESERVED.test(host) ? 'the name is reserved for examples' : 'declare it under outbound to let it pass'

const sentenceOf = (place: Place): string => {
  const where = `${spell(place)}${place.overUdp ? ' (UDP)' : ''}`
  const when = place.during.length === 0 ? '' : ` (${place.during.join(', ')})`
  return place.outcome === 'passed'
    ? `${where} is outside the lab, is declared and was reached ${countOf(place.times)}${when}`
    : `${where} was asked for ${countOf(place.times)} and refused${when}; ${wayOf(place)}`
}

/** What was refused, each address once, as the configuration takes it. */
export const spellRefused = (outbound: readonly Outbound[]): string[] => [
  ...new Set(outbound.filter(({ outcome }) => outcome === 'refused').map(spell)),
]

/** What the app wanted of the world outside the lab, a sentence for each address, what was refused first. */
export const tellOutbound = ({ lab }: Pick<Run, 'lab'>): string[] => {
  const places = placesOf(lab.outbound)
  const those = (outcome: Outbound['outcome']) => places.filter((place) => place.outcome === outcome)
  return [...those('refused'), ...those('passed')].map(sentenceOf)
}

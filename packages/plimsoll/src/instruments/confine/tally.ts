import type { Outbound } from '../../model/outbound.ts'

/** A scanner run by mistake must not fill the Run. */
const MOST_PLACES = 500
const MOST_OCCASIONS = 5

type Place = Pick<Outbound, 'kind' | 'host' | 'port' | 'outcome'>

export type Tally = {
  /**
   * @param during null where it is not known
   * @returns how often it was counted so far
   */
  add(place: Place, times: number, during: string | null): number
  /** oldest first */
  all(): Outbound[]
}

/** Counts what was asked for, each place once for each outcome. */
export const openTally = (): Tally => {
  const places = new Map<string, Outbound>()
  return {
    add: (place, times, during) => {
      const key = JSON.stringify([place.kind, place.host, place.port, place.outcome])
      const seen = places.get(key) ?? { ...place, times: 0, during: [] }
      if (!places.has(key) && places.size >= MOST_PLACES) return times
      places.set(key, seen)
      seen.times += times
      const isNew = during !== null && !seen.during.includes(during)
      if (isNew && seen.during.length < MOST_OCCASIONS) seen.during.push(during)
      return seen.times
    },
    all: () => [...places.values()].map((place) => ({ ...place, during: [...place.during] })),
  }
}

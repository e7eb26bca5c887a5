import type { Outbound } from '../../model/outbound.ts'
import { spellRefused } from '../../model/reading/outbound.ts'

/** A scanner run by mistake must not fill the Run. */
const MOST_PLACES = 500
const MOST_OCCASIONS = 5

type Place = Pick<Outbound, 'kind' | 'host' | 'port' | 'outcome'>

export type Tally = {
  /**
   * @param during null where it is not known
   * @returns whether the asker is to count by itself for a while
   */
  add(place: Place, times: number, during: string | null): boolean
  /** what was refused since then, as the configuration takes it; datagrams apart, which nobody waits for */
  refusedSince(ms: number, during: string): string[]
  /** oldest first */
  all(): Outbound[]
}

/** After so many of one kind the asker counts by itself, for so long: the last of them may then be lost with it. */
const COUNTED_EXACTLY = 20
export const COUNTED_MS = 1_000

/** Counts what was asked for, each place once for each outcome. */
export const openTally = (): Tally => {
  const places = new Map<string, Outbound & { lastMs: number }>()
  return {
    add: (place, times, during) => {
      const key = JSON.stringify([place.kind, place.host, place.port, place.outcome])
      const seen = places.get(key) ?? { ...place, times: 0, during: [], lastMs: 0 }
      if (!places.has(key) && places.size >= MOST_PLACES) return true
      places.set(key, seen)
      seen.times += times
      seen.lastMs = performance.now()
      const isNew = during !== null && !seen.during.includes(during)
      if (isNew && seen.during.length < MOST_OCCASIONS) seen.during.push(during)
      return seen.times > COUNTED_EXACTLY
    },
    refusedSince: (ms, during) => {
      const isMeant = ({ lastMs, times, during: known }: Outbound & { lastMs: number }) =>
        lastMs >= ms || (times > COUNTED_EXACTLY && lastMs >= ms - COUNTED_MS && known.includes(during))
      return spellRefused([...places.values()].filter((place) => place.kind !== 'udp' && isMeant(place)))
    },
    all: () =>
      [...places.values()].map(({ lastMs: _, ...place }) => ({ ...place, during: [...place.during] })),
  }
}

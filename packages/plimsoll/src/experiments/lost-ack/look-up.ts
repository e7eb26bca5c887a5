import { rowsNow } from '../../lab/witness/rows.ts'
import { until } from '../../lab/witness/send.ts'
import { isShown, witnessFor } from '../../lab/witness/witness.ts'
import type { Bench } from './bench.ts'
import type { Entry } from './client.ts'
import type { Write } from './seen.ts'

export type Standing = Pick<Write, 'stored' | 'places'>

export type Found = Record<string, Record<string, number>>

/** Rows that hold any of these texts: the most that one of them stands in. */
export const placesOf = (texts: readonly string[], found: Found): Record<string, number> => {
  const places: Record<string, number> = {}
  for (const text of texts)
    for (const [table, rows] of Object.entries(found[text] ?? {}))
      places[table] = Math.max(places[table] ?? 0, rows)
  return places
}

const isNowhere = (texts: readonly string[], found: Found) =>
  texts.every((text) => Object.keys(found[text] ?? {}).length === 0)

/** Looks in the tables where such writes stand; everywhere for one that is in none of them. */
const find = async ({ store }: Bench, entries: readonly Entry[]): Promise<Found | null> => {
  const { database } = store
  const followed = entries.flatMap(({ texts, writer: { shows } }) =>
    shows.in === 'tables' ? [{ texts, shows }] : [],
  )
  const tables = new Set(followed.flatMap(({ shows }) => Object.keys(shows.rows)))
  const texts = new Set(followed.flatMap((one) => [...one.texts, ...one.shows.first]))
  try {
    const found = (await database.find?.([...texts], [...tables])) ?? null
    if (found === null) return null
    const lost = followed.filter((one) => isNowhere(one.texts, found)).flatMap((one) => one.texts)
    return { ...found, ...(await database.find?.(lost)) }
  } catch {
    return null
  }
}

const standingIn = ({ texts, writer: { shows } }: Entry, found: Found | null): Standing | null => {
  if (shows.in !== 'tables') return null
  if (found === null || texts.length === 0) return { stored: null, places: {} }
  const places = placesOf(texts, found)
  // Where the first one is gone as well, later writes replace earlier ones.
  if (Object.keys(places).length === 0)
    return { stored: isNowhere(shows.first, found) ? null : 'absent', places }
  // Some rows are there for a while only: what the first write has no more, a later one need not have.
  const left = placesOf(shows.first, found)
  const whole = Object.entries(shows.rows).every(
    ([table, rows]) => (places[table] ?? 0) >= Math.min(rows, left[table] ?? 0),
  )
  return { stored: whole ? 'whole' : 'part', places }
}

/** Where writes are only counted or read back, one that was not acknowledged cannot be told from another. */
const standingAt = async ({ lab, signal }: Bench, entry: Entry): Promise<Standing> => {
  const { shows } = entry.writer
  if (shows.in !== 'place' || !entry.acknowledged) return { stored: null, places: {} }
  entry.witness ??= witnessFor(shows.place, entry.sent)
  if (entry.witness === null) return { stored: null, places: {} }
  return { stored: (await isShown(lab, entry.witness, signal)) ? 'whole' : 'absent', places: {} }
}

/** Each write of the log as it stands now. */
export const lookOnce = async (bench: Bench, entries: readonly Entry[]): Promise<Map<Entry, Standing>> => {
  const found = await find(bench, entries)
  const standings = new Map<Entry, Standing>()
  for (const entry of entries)
    standings.set(entry, standingIn(entry, found) ?? (await standingAt(bench, entry)))
  return standings
}

/** Waits for what was acknowledged as long as such a write may take to show. */
export const lookUp = async (bench: Bench, entries: readonly Entry[]): Promise<Map<Entry, Standing>> => {
  let standings = new Map<Entry, Standing>()
  await until(bench.lab, bench.signal, async () => {
    standings = await lookOnce(bench, entries)
    return [...standings].every(
      ([{ acknowledged }, { stored }]) => stored === 'whole' || (stored !== 'part' && !acknowledged),
    )
  })
  return standings
}

/** Tables that are only counted are counted anew before a round. */
export const recount = async ({ writers }: Pick<Bench, 'writers'>): Promise<void> => {
  for (const { shows } of writers) {
    if (shows.in === 'place' && shows.place.kind === 'rows')
      shows.place.expected = (await rowsNow(shows.place)) ?? 0
  }
}

import { rowsNow } from '../../lab/witness/rows.ts'
import { until } from '../../lab/witness/send.ts'
import { isShown, witnessFor } from '../../lab/witness/witness.ts'
import type { Bench } from './bench.ts'
import type { Entry } from './client.ts'
import type { Write } from './seen.ts'

export type Standing = Pick<Write, 'stored' | 'places'>

type Found = Record<string, Record<string, number>>

/** Rows that hold any of its texts: the most that one of them stands in. */
const placesOf = ({ texts }: Entry, found: Found): Record<string, number> => {
  const places: Record<string, number> = {}
  for (const text of texts)
    for (const [table, rows] of Object.entries(found[text] ?? {}))
      places[table] = Math.max(places[table] ?? 0, rows)
  return places
}

const standingIn = (entry: Entry, usual: Record<string, number>, found: Found | null): Standing => {
  if (found === null || entry.texts.length === 0) return { stored: null, places: {} }
  const places = placesOf(entry, found)
  if (Object.keys(places).length === 0) return { stored: 'absent', places }
  const whole = Object.entries(usual).every(([table, rows]) => (places[table] ?? 0) >= rows)
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
  const texts = entries.flatMap((entry) => (entry.writer.shows.in === 'tables' ? entry.texts : []))
  const found = (await bench.store.database.find?.(texts).catch(() => null)) ?? null
  const standings = new Map<Entry, Standing>()
  for (const entry of entries) {
    const { shows } = entry.writer
    const standing =
      shows.in === 'tables' ? standingIn(entry, shows.rows, found) : await standingAt(bench, entry)
    standings.set(entry, standing)
  }
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
export const recount = async ({ writers }: Bench): Promise<void> => {
  for (const { shows } of writers) {
    if (shows.in === 'place' && shows.place.kind === 'rows')
      shows.place.expected = (await rowsNow(shows.place)) ?? 0
  }
}

import { isWrite } from '../../base/sql/verb.ts'
import type { KnownRequest, Lab } from '../../lab/lab.ts'
import { countRows, findGrowth, findQuiet, type Rows } from '../../lab/witness/rows.ts'
import { isAcknowledged, until } from '../../lab/witness/send.ts'
import { findPlace, type Place } from '../../lab/witness/witness.ts'
import type { Bench, Writer } from './bench.ts'
import { type Entry, ownTexts, send } from './client.ts'
import { carries } from './decisive.ts'
import { type Found as Places, placesOf } from './look-up.ts'

const AT_MOST = 3
const TRIED = 8
/** A job that writes on its own does so within this time, or seldom enough not to be mistaken for a write. */
const IDLE_MS = 2_500

type Tried = { entry: Entry; mark: number }

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0)

/** Writes with values of their own first, and of these the ones that were seen to write. */
const rank = ({ request, writes }: KnownRequest) =>
  (JSON.stringify(request.body).includes('{{') ? 2 : 0) + (sum(writes) > 0 ? 1 : 0)

const candidates = (lab: Lab, only: readonly string[] | null): Writer[] => {
  const seen = new Set<string>()
  return lab.known
    .map((known, index) => ({ known, index, route: `${known.route.method} ${known.route.path}` }))
    .filter(({ known, route }) => {
      const { method, body } = known.request
      return method === 'POST' && body !== undefined && (only === null || only.includes(route))
    })
    .sort((a, b) => rank(b.known) - rank(a.known))
    .filter(({ route }) => !seen.has(route) && seen.add(route))
    .slice(0, TRIED)
    .map(({ known, index, route }) => ({
      route,
      // Logging in anew makes new ones in the same order.
      known: () => lab.known[index] ?? known,
      shows: { in: 'tables', rows: {}, first: [] },
      carried: false,
    }))
}

const tablesOf = async ({ store }: Pick<Bench, 'store'>, entries: readonly Entry[]) => {
  const texts = entries.flatMap((entry) => entry.texts)
  return (await store.database.find?.(texts).catch(() => null)) ?? {}
}

/** Waits until every one stands somewhere, or as long as a value may take to show. */
const followTexts = async (bench: Omit<Bench, 'writers'>, tried: readonly Tried[]): Promise<Writer[]> => {
  const entries = tried.map(({ entry }) => entry)
  let found: Places = {}
  const shown = ({ texts }: Entry) => texts.some((text) => Object.keys(found[text] ?? {}).length > 0)
  await until(bench.lab, bench.signal, async () => {
    found = await tablesOf(bench, entries)
    return entries.every((entry) => entry.texts.length === 0 || shown(entry))
  })
  // A second table may come a moment after the first.
  await bench.lab.sleep(100)
  found = await tablesOf(bench, entries)
  return tried.flatMap(({ entry, mark }): Writer[] => {
    if (!shown(entry)) return []
    const rows = placesOf(entry.texts, found)
    const carried = bench.store.wire
      .since(mark)
      .some((statement) => isWrite(statement.sql) && carries(statement, entry.texts))
    return [{ ...entry.writer, shows: { in: 'tables', rows, first: entry.texts }, carried }]
  })
}

/** The first write that shows in a read of the API, or makes a table longer. */
const followPlace = async (
  bench: Omit<Bench, 'writers'>,
  writers: readonly Writer[],
): Promise<Writer | null> => {
  const { lab, signal } = bench
  for (const writer of writers) {
    const before = await countRows(lab)
    const { sent, acknowledged } = await send(bench, writer)
    if (!acknowledged) continue
    let place: Place | null = null
    let grown: Rows[] = []
    await until(lab, signal, async () => {
      place = await findPlace(lab, sent, signal)
      grown = place === null ? findGrowth(before, await countRows(lab)) : []
      return place !== null || grown.length > 0
    })
    if (grown.length > 0) place = await findQuiet(lab, grown, IDLE_MS)
    if (place !== null) return { ...writer, shows: { in: 'place', place } }
  }
  return null
}

export type Found = { writers: Writer[]; promised: string[]; tried: number }

/**
 * Kinds of writes that can be followed, each sent once undisturbed: that it comes to show is what makes a later
 * absence a loss.
 * @param only routes of an earlier execution
 */
export const findWriters = async (
  bench: Omit<Bench, 'writers'>,
  only: readonly string[] | null,
): Promise<Found> => {
  const all = candidates(bench.lab, only)
  const tried: Tried[] = []
  const promised: string[] = []
  for (const writer of all) {
    const mark = bench.store.wire.mark()
    const entry = await send(bench, writer)
    if (entry.sent.answer.status === 202) promised.push(writer.route)
    if (isAcknowledged(entry.sent.answer)) tried.push({ entry, mark })
  }
  const marked = tried.filter(({ entry }) => ownTexts(entry.sent).length > 0)
  const writers = marked.length > 0 ? (await followTexts(bench, marked)).slice(0, AT_MOST) : []
  if (writers.length > 0) return { writers, promised, tried: all.length }
  const one = await followPlace(
    bench,
    tried.map(({ entry }) => entry.writer),
  )
  return { writers: one === null ? [] : [one], promised, tried: all.length }
}

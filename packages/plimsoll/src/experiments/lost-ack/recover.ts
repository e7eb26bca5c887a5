import { awaitRecovery, turnsAway } from '../../lab/traffic/recover.ts'
import { findQuiet } from '../../lab/witness/rows.ts'
import type { Bench } from './bench.ts'
import { type Entry, send, shownExchange } from './client.ts'
import { lookUp, recount, type Standing } from './look-up.ts'
import type { Round, Write } from './seen.ts'

const READY_MS = 30_000
const ITSELF_MS = 8_000
const CONTROL_TRIES = 3
/** Before anything is called lost: long enough to see a job at work on the table. */
const IDLE_MS = 6_000

/** What an orchestrator does with a process that ended. */
export const restartApp = async ({ lab }: Bench): Promise<boolean> => {
  await lab.target.restart()
  const { ready } = await lab.target.ready(READY_MS)
  if (ready) await lab.renew?.()
  return ready
}

/** The app gets a while to recover by itself; where it does not, it is started again: whether it does is not asked here. */
export const recoverApp = async (bench: Bench): Promise<boolean> => {
  const { lab, signal } = bench
  if (lab.target.exit() !== null) return restartApp(bench)
  const read = lab.known.find(({ request }) => request.method === 'GET')?.request
  if (read === undefined) return (await lab.target.ready(ITSELF_MS)).ready || restartApp(bench)
  const { recoveredMs } = await awaitRecovery(lab, read, {
    withinMs: ITSELF_MS,
    signal,
    serves: (exchange) => (exchange.status !== null && exchange.status < 400) || turnsAway(exchange),
  })
  return recoveredMs !== null || restartApp(bench)
}

/** A later write of the same kind: only when it comes to show does the absence of an earlier one mean something. */
const control = async (bench: Bench, { writer }: Entry): Promise<boolean> => {
  const { shows } = writer
  const counted = shows.in === 'place' && shows.place.kind === 'rows' ? shows.place : null
  if (counted !== null && (await findQuiet(bench.lab, [counted], IDLE_MS)) === null) return false
  await recount({ writers: [writer] })
  for (let attempt = 0; attempt < CONTROL_TRIES && !bench.signal.aborted; attempt += 1) {
    const entry = await send(bench, writer)
    if (entry.acknowledged) return (await lookUp(bench, [entry])).get(entry)?.stored === 'whole'
    await bench.lab.sleep(250)
  }
  return false
}

const written = (entry: Entry, standing: Standing | undefined): Write => ({
  route: entry.writer.route,
  text: entry.texts[0] ?? null,
  exchange: shownExchange(entry),
  acknowledged: entry.acknowledged,
  held: entry.held,
  stored: standing?.stored ?? null,
  places: standing?.places ?? {},
})

/** Looks for every write of a round, and sends one more of each kind of which something is missing. */
export const closeRound = async (
  bench: Bench,
  entries: readonly Entry[],
  round: Pick<Round, 'id' | 'killedAtMs' | 'back'>,
): Promise<Round> => {
  const standings = round.back ? await lookUp(bench, entries) : new Map<Entry, Standing>()
  const missing = new Map(
    entries
      .filter((entry) => entry.acknowledged && standings.get(entry)?.stored === 'absent')
      .map((entry) => [entry.writer.route, entry] as const),
  )
  const controls: Record<string, boolean> = {}
  for (const [route, entry] of missing) controls[route] = await control(bench, entry)
  return {
    ...round,
    writes: entries.map((entry) => written(entry, standings.get(entry))),
    control: controls,
  }
}

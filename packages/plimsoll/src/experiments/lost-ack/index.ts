import type { Lab } from '../../lab/lab.ts'
import { keepsInMemory } from '../../lab/written-addresses.ts'
import { defineExperiment } from '../define.ts'
import type { Bench, Writer } from './bench.ts'
import { judge } from './judge.ts'
import { failCommit } from './rounds/fail-commit.ts'
import { killAfterReply, killBeforeCommit, killBeforeReply } from './rounds/kill-app.ts'
import { killStoreAfterReply, killStoreBeforeCommit } from './rounds/kill-store.ts'
import { type Round, Seen } from './seen.ts'
import { type Part, partsIn, routesIn } from './subjects.ts'
import { type Found, findWriters } from './writers.ts'

const reasonFor = ({ writers, promised, tried }: Found) => {
  if (writers.length > 0) return ''
  if (tried === 0) return 'no write was found that the app accepts'
  return promised.length === tried
    ? 'every write is answered with 202, which promises nothing yet'
    : 'no write that the app accepts shows in a table or in a later read'
}

/** Acknowledged before the store had it: every other round would only say the same again. */
const isEarly = ({ route }: Writer, rounds: readonly Round[]) =>
  rounds.some(({ id, writes, control }) => {
    if (id !== 'commit held, app killed' || control[route] !== true) return false
    return writes.some((one) => one.route === route && one.acknowledged && one.stored === 'absent')
  })

const playRounds = async (bench: Bench, parts: ReadonlySet<Part>): Promise<Round[]> => {
  const { store, signal } = bench
  const rounds: Round[] = []
  const play = async (round: (bench: Bench) => Promise<Round>) => {
    const writers = bench.writers.filter((writer) => !isEarly(writer, rounds))
    const back = rounds.at(-1)?.back ?? true
    if (writers.length > 0 && back && !signal.aborted) rounds.push(await round({ ...bench, writers }))
  }
  if (parts.has('app')) {
    await play(killBeforeCommit)
    await play(killAfterReply)
  }
  if (parts.has('half')) await play(killBeforeReply)
  if (parts.has('commit')) await play(failCommit)
  const { server } = store
  if (server === undefined) return rounds
  if (parts.has('store')) await play((one) => killStoreAfterReply(one, server))
  if (parts.has('commit')) await play((one) => killStoreBeforeCommit(one, server))
  return rounds
}

const weakenings = ({ store }: Bench): string[] => [
  ...new Set(
    store.wire
      .statements()
      .filter(({ sql }) => /\b(?:synchronous_commit|fsync)\b/i.test(sql))
      .map(({ sql }) => sql.trim().slice(0, 160)),
  ),
]

const placesOf = ({ shows }: Writer): string[] => {
  if (shows.in === 'tables') return Object.keys(shows.rows).map((table) => `table ${table}`)
  const { place } = shows
  if (place.kind === 'rows') return [`the count of table ${place.table}`]
  return [place.kind === 'list' ? `${place.read.method} ${place.read.path}` : 'the item it names']
}

const elsewhereFrom = ({ service }: Lab, store: string): string[] => [
  ...new Set(service.stores.map((use) => use.store).filter((id) => id !== store)),
]

const nothing = (store: string, reason: string, promised: string[] = []): Seen => ({
  ...{ store, reason, promised, followed: [], rounds: [], elsewhere: [] },
  ...{ ownServer: false, promises: [], weakened: [] },
})

const benchFor = (lab: Lab, signal: AbortSignal): Omit<Bench, 'writers'> | null =>
  lab.store === null ? null : { lab, store: lab.store, signal }

/**
 * **Contract:** what is killed is this lab's own: the app it started, and a server that no other lab uses. What was
 * acknowledged is only called lost when a write of the same kind, made afterwards, comes to show.
 */
export default defineExperiment<Seen>({
  id: 'lost-ack',
  title: 'loses no acknowledged write when the app or the database is killed',
  standard: 'integrity.durability',
  needs: ['http', 'wire'],
  answersFor: ['write-route', 'start-up'],
  effect: 'faults',
  cost: { seconds: 15 },
  ownStore: true,
  observes: Seen,
  async run(lab, { signal, focus }) {
    const place = benchFor(lab, signal)
    if (place === null) return nothing('', 'nothing crosses a wire to its store')
    if (keepsInMemory(lab.service)) return nothing(place.store.id, 'the app keeps its data in memory')
    const found = await findWriters(place, focus === undefined ? null : routesIn(focus))
    const bench = { ...place, writers: found.writers }
    const rounds = await playRounds(bench, partsIn(focus))
    const { server } = place.store
    return {
      store: place.store.id,
      followed: found.writers.map((writer) => ({ route: writer.route, places: placesOf(writer) })),
      reason: reasonFor(found),
      promised: found.promised,
      elsewhere: elsewhereFrom(lab, place.store.id),
      rounds,
      ownServer: server !== undefined,
      promises: (await server?.promises().catch(() => [])) ?? [],
      weakened: weakenings(bench),
    }
  },
  judge,
})

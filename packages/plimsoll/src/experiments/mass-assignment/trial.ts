import type { Account, KnownRequest, RequestOptions } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { freshTexts } from '../../lab/witness/witness.ts'
import type { Exchange, StatementRecord } from '../../model/evidence.ts'
import type { Bench } from './bench.ts'
import { withFields } from './body.ts'
import type { Documented } from './documented.ts'
import {
  idFor,
  kinOf,
  type Looked,
  lookAt,
  ownReads,
  type Read,
  readsFor,
  type Sight,
  sightsIn,
} from './look.ts'
import { placeOn } from './place.ts'
import { changedRows, snapshot, writtenTables } from './rows.ts'
import { BODY_LIMIT, claimsIn, speakAs, type Throwaway } from './speaker.ts'

export type Operation = {
  known: KnownRequest
  label: string
  registers: boolean
  /** it is about an account, so that rights in it may be somebody's */
  aboutAccounts: boolean
  documented: Documented
  /** whose session the request carries; null where nobody's */
  speaker: Account | Throwaway | null
  /** tables that it writes to; null until it was sent once */
  tables: string[] | null
  /** reads that show its thing; null until it was sent once */
  places: ReadonlySet<string> | null
}

/** One sending of an operation, and what shows of it afterwards. */
export type Trial = {
  exchange: Exchange
  sights: Sight[]
  /** what the second account is shown */
  theirs: Looked[]
  statements: StatementRecord[]
  /** the account that it made, or that spoke */
  actor: Account | Throwaway | null
}

type Extra = Readonly<Record<string, unknown>>

const without = (request: RequestOptions, first: Account | undefined): RequestOptions => {
  const own = new Set(Object.keys(first?.headers ?? {}))
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => !own.has(name))
  return { ...request, headers: Object.fromEntries(headers) }
}

type Watched = { mark: number; hashes: Record<string, string> | null }

const watch = async ({ store }: Bench): Promise<Watched> => ({
  mark: store?.wire?.mark() ?? 0,
  hashes:
    store === null || store.wire !== null ? null : ((await store.digest().catch(() => null))?.hashes ?? null),
})

const MOST_SHOWING = 4

/** Reads that showed nothing of the thing once show nothing of it again. */
const showing = (reads: readonly Read[], { places }: Operation) =>
  places === null ? reads : reads.filter(({ place }) => places.has(place))

const lookAll = async (
  bench: Bench,
  reads: readonly Read[],
  sign: Parameters<typeof lookAt>[2],
  limit: number,
) => {
  const looked: Looked[] = []
  for (const read of reads) {
    if (bench.signal.aborted || looked.filter(({ sights }) => sights.length > 0).length >= limit) break
    looked.push(await lookAt(bench.lab, read, sign, bench.signal))
  }
  return looked
}

const register = async (
  bench: Bench,
  operation: Operation,
  extra: Extra,
): Promise<Omit<Trial, 'statements'>> => {
  const { lab, signal, registrar } = bench
  const { request } = operation.known
  const asked = without({ ...request, body: withFields(request.body, extra) }, lab.accounts[0])
  const made = await registrar?.register(asked, signal)
  if (made === undefined) throw new Error('an operation that registers needs a registrar')
  const { exchange, session, actor } = made
  if (actor === null) return { exchange, sights: [], theirs: [], actor }
  const sign = {
    texts: freshTexts(actor.sent, request),
    id: actor.id,
    kin: kinOf(operation.known.route.path),
  }
  const first = lab.accounts[0]?.headers ?? {}
  const reads = [
    ...ownReads(lab, actor.headers),
    ...readsFor(lab, operation.known, { ...actor.sent, headers: first }, actor.id),
  ]
  const looked = await lookAll(bench, showing(reads, operation), sign, MOST_SHOWING)
  const entered = { place: 'the answer to the login', path: '/account', whole: true }
  const login = session === null ? [] : sightsIn(entered, session, sign)
  const claims = claimsIn(actor.headers)
  return {
    ...{ exchange, actor, theirs: [] },
    sights: [
      ...looked.flatMap(({ sights }) => sights),
      ...login,
      ...(claims === null ? [] : [{ place: "the session's token", thing: claims }]),
    ],
  }
}

const write = async (
  bench: Bench,
  operation: Operation,
  extra: Extra,
  asSecond: boolean,
): Promise<Omit<Trial, 'statements'> & { sent: RequestOptions }> => {
  const { lab, signal } = bench
  const { known, speaker } = operation
  const placed = speaker === null ? known.request : await placeOn(lab, known, speaker, signal)
  const template = { ...placed, body: withFields(placed.body, extra) }
  const sent = freshen(template, lab.random)
  const exchange = await lab.http.request({ ...sent, bodyLimit: BODY_LIMIT, signal })
  if (!isSuccess(exchange)) return { exchange, sights: [], theirs: [], actor: speaker, sent }
  const id = idFor(known, sent, exchange)
  const sign = { texts: freshTexts(sent, template), id, kin: kinOf(known.route.path) }
  const reads = readsFor(lab, known, sent, id)
  const looked = await lookAll(bench, showing(reads, operation), sign, MOST_SHOWING)
  const [first, second] = lab.accounts
  const asked =
    !asSecond || second === undefined
      ? []
      : showing(reads, operation).flatMap((read) => {
          const request = speakAs(read.request, speaker ?? first, second)
          return request === null ? [] : [{ ...read, request, whole: false }]
        })
  const theirs =
    sign.texts.length === 0 ? [] : await lookAll(bench, asked, { ...sign, id: undefined }, MOST_SHOWING)
  return { exchange, sights: looked.flatMap(({ sights }) => sights), theirs, actor: speaker, sent }
}

const rowSights = (changed: ReturnType<typeof changedRows>): Sight[] =>
  changed.map(({ table, before, after }) => ({ place: `table ${table}`, thing: after, before }))

/** @param asSecond looks with the second account's eyes as well */
export const send = async (
  bench: Bench,
  operation: Operation,
  extra: Extra,
  asSecond = false,
): Promise<Trial> => {
  const { store } = bench
  const tables = operation.tables ?? []
  const before = await snapshot(store, tables)
  const since = await watch(bench)
  const trial = operation.registers
    ? await register(bench, operation, extra)
    : await write(bench, operation, extra, asSecond)
  if (operation.tables === null) operation.tables = store === null ? [] : await writtenTables(store, since)
  operation.places ??= new Set(trial.sights.map(({ place }) => place))
  const changed = changedRows(before, await snapshot(store, tables))
  return {
    ...trial,
    sights: [...trial.sights, ...rowSights(changed)],
    statements: store?.wire?.since(since.mark) ?? [],
  }
}

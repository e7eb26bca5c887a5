import { parseJson } from '../../base/json/parse-json.ts'
import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import { credentialsIn } from '../../lab/speak/credentials.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Actor } from './actors.ts'
import type { Bench } from './bench.ts'
import { fillWith, setSlot, valuesFor } from './fill.ts'
import { findRow } from './find-row.ts'
import { asFields, findAgain, findThing, harmOf } from './harm.ts'
import type { Target } from './targets.ts'
import type { Thing } from './thing.ts'
import { thingsOf, type World } from './world.ts'

type Fields = Readonly<Record<string, unknown>>
type Sight = { fields: Fields | null; exchange: Exchange | null }
type Look = { fields: Fields; again(): Promise<Sight> }

/** What a thing looks like to the one that it belongs to. */
export type Witness = {
  /** what is different now, and the answer that shows it */
  harm(method: string): Promise<{ harm: string[]; exchange: Exchange | null }>
}

export type Watched = {
  thing: Thing
  owner: Actor
  maker: Target['maker']
  targets: readonly Target[]
  /** reads that may list it */
  collections: readonly KnownRequest[]
}

const readsOf = ({ targets, thing, maker }: Watched): Target[] =>
  targets.filter(
    (one) =>
      one.known.request.method === 'GET' &&
      (maker === null ? one.thing.kin === thing.kin : one.maker === maker) &&
      one.slot.in === 'path',
  )

const lookBy = async (
  bench: Bench,
  { thing, owner }: Watched,
  request: RequestOptions,
): Promise<Look | null> => {
  const answer = await bench.ask(request, owner)
  const found = isSuccess(answer) ? findThing(parseJson(answer.body), thing) : null
  if (found === null) return null
  return {
    fields: asFields(found.object),
    async again() {
      const exchange = await bench.ask(request, owner)
      const now = isSuccess(exchange) ? findAgain(parseJson(exchange.body), thing, found) : null
      return { fields: now === null ? null : asFields(now.object), exchange }
    },
  }
}

const lookInStore = async (bench: Bench, { thing }: Watched): Promise<Look | null> => {
  const texts = thing.planted.map(({ text }) => text)
  const before = await findRow(bench, texts)
  if (before === null) return null
  return {
    fields: before,
    async again() {
      for (const text of texts) {
        const row = await findRow(bench, [text])
        if (row !== null) return { fields: row, exchange: null }
      }
      return { fields: null, exchange: null }
    },
  }
}

const MOST_READS = 3
const MOST_NAMES = 2

const lookAt = async (bench: Bench, world: World, watched: Watched): Promise<Look | null> => {
  const { thing } = watched
  const chain = [thing, ...thing.parents, ...thingsOf(world.a)]
  for (const { known, slot } of readsOf(watched).slice(0, MOST_READS)) {
    const base = fillWith(known, chain, slot)
    for (const value of valuesFor(known.route.path, slot, thing).slice(0, MOST_NAMES)) {
      const look = await lookBy(bench, watched, setSlot(base, known.route.path, slot, value))
      if (look !== null) return look
    }
  }
  for (const known of watched.collections) {
    const look = await lookBy(bench, watched, fillWith(known, chain))
    if (look !== null) return look
  }
  return lookInStore(bench, watched)
}

const isIn = (exchange: Exchange) => {
  const { token, cookie } = credentialsIn(exchange)
  return isSuccess(exchange) && (token !== null || cookie !== null)
}

/** A login that worked: when it works no more, the password is another one, or the account is gone. */
const lookAtLogin = async (bench: Bench, { owner }: Watched): Promise<(() => Promise<Exchange>) | null> => {
  const { login } = owner
  if (login === undefined) return null
  const enter = () => bench.send(login)
  return isIn(await enter()) ? enter : null
}

const isAnswered = ({ status }: Exchange) =>
  (status !== null && status < 300) || [401, 403, 404, 410].includes(status ?? 0)

/** The app itself answered, and was not too busy to. */
const isSaid = ({ status }: Exchange) => status !== null && status < 500 && status !== 429

/** Null where nothing shows the thing to its owner. */
export const watchThing = async (bench: Bench, world: World, watched: Watched): Promise<Witness | null> => {
  const look = await lookAt(bench, world, watched)
  const enter = watched.maker === null ? await lookAtLogin(bench, watched) : null
  const second = (await look?.again()) ?? null
  const twice = look === null || second?.fields == null ? null : ([look.fields, second.fields] as const)
  if (twice === null && enter === null) return null
  const harmSeen = async (method: string) => {
    const now = twice === null ? null : ((await look?.again()) ?? null)
    if (twice === null || now === null || (now.exchange !== null && !isAnswered(now.exchange)))
      return { harm: [], exchange: null }
    return { harm: harmOf(twice, now.fields, method), exchange: now.exchange }
  }
  return {
    async harm(method) {
      const seen = await harmSeen(method)
      const entered = (await enter?.()) ?? null
      if (entered === null || !isSaid(entered) || isIn(entered)) return seen
      return { harm: [...new Set([...seen.harm, 'login'])], exchange: entered }
    },
  }
}

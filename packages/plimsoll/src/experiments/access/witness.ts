import { parseJson } from '../../base/json/parse-json.ts'
import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import type { Exchange } from '../../model/evidence.ts'
import { type Bench, isGood } from './bench.ts'
import { fillWith, setSlot, valuesFor } from './fill.ts'
import { findRow } from './find-row.ts'
import { asFields, findAgain, findThing, harmOf } from './harm.ts'
import type { Target } from './targets.ts'
import type { Thing } from './thing.ts'
import { thingsOf, type World } from './world.ts'

type Look = { fields: Readonly<Record<string, unknown>>; again(): Promise<Seen> }
type Seen = { fields: Readonly<Record<string, unknown>> | null; exchange: Exchange | null }

/** What a thing looks like to the one that it belongs to. */
export type Witness = {
  /** what is different now, and the answer that shows it */
  harm(method: string): Promise<{ harm: string[]; exchange: Exchange | null }>
}

const readsOf = (targets: readonly Target[], thing: Thing, maker: Target['maker']): Target[] =>
  targets.filter(
    (one) =>
      one.known.request.method === 'GET' &&
      (maker === null ? one.thing.kin === thing.kin : one.maker === maker) &&
      one.slot.in === 'path',
  )

const lookBy = async (bench: Bench, thing: Thing, request: RequestOptions): Promise<Look | null> => {
  const answer = await bench.ask(request, bench.cast.a)
  const found = isGood(answer) ? findThing(parseJson(answer.body), thing) : null
  if (found === null) return null
  return {
    fields: asFields(found.object),
    async again() {
      const exchange = await bench.ask(request, bench.cast.a)
      const now = isGood(exchange) ? findAgain(parseJson(exchange.body), thing, found) : null
      return { fields: now === null ? null : asFields(now.object), exchange }
    },
  }
}

const lookInStore = async (bench: Bench, thing: Thing): Promise<Look | null> => {
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

const lookAt = async (
  bench: Bench,
  world: World,
  { thing, maker, targets, collections }: Watched,
): Promise<Look | null> => {
  const chain = [thing, ...thing.parents, ...thingsOf(world.a)]
  for (const { known, slot } of readsOf(targets, thing, maker).slice(0, 3)) {
    const base = fillWith(known, chain, slot)
    for (const value of valuesFor(known.route.path, slot, thing).slice(0, 2)) {
      const look = await lookBy(bench, thing, setSlot(base, known.route.path, slot, value))
      if (look !== null) return look
    }
  }
  for (const known of collections) {
    const look = await lookBy(bench, thing, fillWith(known, chain))
    if (look !== null) return look
  }
  return lookInStore(bench, thing)
}

export type Watched = {
  thing: Thing
  maker: Target['maker']
  targets: readonly Target[]
  /** reads that may list it */
  collections: readonly KnownRequest[]
}

/** Null where nothing shows the thing to its owner. */
export const watchThing = async (bench: Bench, world: World, watched: Watched): Promise<Witness | null> => {
  const look = await lookAt(bench, world, watched)
  if (look === null) return null
  const second = await look.again()
  if (second.fields === null) return null
  const twice = [look.fields, second.fields] as const
  return {
    async harm(method) {
      const { fields, exchange } = await look.again()
      if (exchange !== null && !isGood(exchange) && ![403, 404, 410].includes(exchange.status ?? 0))
        return { harm: [], exchange }
      return { harm: harmOf(twice, fields, method), exchange }
    },
  }
}

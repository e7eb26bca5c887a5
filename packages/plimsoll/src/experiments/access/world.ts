import type { Actor } from './actors.ts'
import type { Bench } from './bench.ts'
import { identityOf } from './identity.ts'
import { type Maker, makersOf, makeThing } from './make.ts'
import type { Thing } from './thing.ts'

/** What one actor has: an account, and one thing of each kind that could be made. */
export type Home = { actor: Actor; identity: Thing; things: Map<Maker, Thing> }

export type World = { a: Home; b: Home }

export const thingsOf = ({ things, identity }: Home): Thing[] => [...[...things.values()].reverse(), identity]

const settle = async (bench: Bench, actor: Actor, makers: readonly Maker[]): Promise<Home> => {
  const home: Home = { actor, identity: await identityOf(bench, actor), things: new Map() }
  for (const maker of makers) {
    const thing = await makeThing(bench, maker, actor, thingsOf(home))
    if (thing !== null) home.things.set(maker, thing)
  }
  return home
}

/** Both actors make one of everything, before anything is read: lists are compared with both in them. */
export const openWorld = async (bench: Bench): Promise<World> => {
  const makers = makersOf(bench)
  const a = await settle(bench, bench.cast.a, makers)
  const b = await settle(bench, bench.cast.b, [...a.things.keys()])
  return { a, b }
}

/** One more thing of that kind, as this actor, below the same things as the first one. */
export const makeFresh = (bench: Bench, maker: Maker, home: Home): Promise<Thing | null> => {
  const before = [...home.things].filter(([other]) => other !== maker).map(([, thing]) => thing)
  return makeThing(bench, maker, home.actor, [...before.reverse(), home.identity])
}

/** Of one kind, the texts that stand in a thing: text -> `note.title`. */
export const textsOf = (things: readonly Thing[]): Map<string, string> =>
  new Map(things.flatMap(({ kin, planted }) => planted.map(({ field, text }) => [text, `${kin}.${field}`])))

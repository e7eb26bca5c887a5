import { type Actor, type Cast, castOf, newCast } from './actors.ts'
import { type Bench, type Desk, seat } from './bench.ts'
import { identityOf, learnName } from './identity.ts'
import { findOwner } from './kinds.ts'
import { makersOf, makeThing } from './make.ts'
import type { Maker } from './maker.ts'
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

/** The two say of their things whom they belong to. */
const learnNames = ({ a, b }: World): void => {
  for (const [maker, thing] of a.things) {
    const other = b.things.get(maker)
    const owner = other === undefined ? null : findOwner(thing.fields, other.fields)
    if (other === undefined || owner === null || !/user|owner|account|author|creat/i.test(owner.field))
      continue
    learnName(a.identity, thing.fields[owner.field])
    learnName(b.identity, other.fields[owner.field])
  }
}

/**
 * Two accounts, each with one of everything, made before anything is read: lists are compared with both in them. The
 * accounts are new ones, unless these may make less than the ones that every lab has; null where there are no two.
 */
export const openWorld = async (desk: Desk): Promise<{ bench: Bench; world: World } | null> => {
  const casts = [() => newCast(desk.lab), async (): Promise<Cast | null> => castOf(desk.lab)]
  let best: { bench: Bench; a: Home; makers: number } | null = null
  for (const call of casts) {
    const cast = await call()
    if (cast === null) continue
    const bench = seat(desk, cast)
    const makers = makersOf(bench)
    const a = await settle(bench, cast.a, makers)
    if (best === null || a.things.size > best.a.things.size) best = { bench, a, makers: makers.length }
    if (a.things.size === makers.length) break
  }
  if (best === null) return null
  const { bench, a } = best
  const world = { a, b: await settle(bench, bench.cast.b, [...a.things.keys()]) }
  learnNames(world)
  return { bench, world }
}

/** One more thing of that kind, as this actor, below the same things as the first one. */
export const makeFresh = (bench: Bench, maker: Maker, home: Home): Promise<Thing | null> => {
  const before = [...home.things].filter(([other]) => other !== maker).map(([, thing]) => thing)
  return makeThing(bench, maker, home.actor, [...before.reverse(), home.identity])
}

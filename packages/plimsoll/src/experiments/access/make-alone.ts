import { idOf } from '../../lab/speak/things.ts'
import type { Bench } from './bench.ts'
import { makeThing } from './make.ts'
import type { Target } from './targets.ts'
import type { Thing } from './thing.ts'
import { makeFresh, type World } from './world.ts'

/** What an action answers of the thing that it acts on is that thing, and no new one. */
export const isAgain = (one: Thing, above: Thing): boolean => {
  const id = idOf({ thing: one.fields, kin: one.kin })
  if (id === undefined || id !== idOf({ thing: above.fields, kin: above.kin })) return false
  const others = Object.entries(above.fields).filter(([, value]) => value !== id)
  const equal = others.filter(([name, value]) => one.fields[name] === value).length
  return equal > 0 && equal * 2 >= others.length
}

/** A new thing in the place of this one, and below it new ones of these kinds; null where one cannot be had. */
export const makeAlone = async (
  bench: Bench,
  { a }: World,
  { maker, thing }: Target,
  kins: ReadonlySet<string>,
): Promise<{ thing: Thing; things: Thing[] } | null> => {
  const fresh = maker === null ? thing : await makeFresh(bench, maker, a)
  if (fresh === null) return null
  const things = maker !== null && kins.has(thing.kin) ? [fresh] : []
  for (const [other, one] of a.things) {
    if (one === thing || !kins.has(one.kin) || one.parents.some((above) => isAgain(one, above))) continue
    const made = await makeThing(bench, other, a.actor, [
      fresh,
      ...one.parents.filter((above) => above !== thing),
    ])
    if (made === null) return null
    things.push(made)
  }
  return { thing: fresh, things }
}

import type { Bench } from './bench.ts'
import { isPrivileged } from './functions.ts'
import { lookAtCollection, lookAtThing } from './look.ts'
import { lookUnderTheirs } from './look-under.ts'
import type { Seen, Trial } from './seen.ts'
import { strikeThing } from './strike.ts'
import { collectionsOf, filtersOf, type Target, targetsOf } from './targets.ts'
import type { World } from './world.ts'

type Tried = Pick<Seen, 'trials' | 'skipped' | 'privileged'>

/** What destroys most comes last. */
const ORDER = ['POST', 'PATCH', 'PUT', 'DELETE']

/** Reads before writes. Of a repetition every read, as they say what a write means, and the writes in question. */
export const runTrials = async (bench: Bench, world: World, focus?: readonly string[]): Promise<Tried> => {
  const trials: Trial[] = []
  let privileged = isPrivileged(world.b.identity.fields)
  const skipped: Seen['skipped'] = []
  const take = (operation: string, tried: Trial | Trial[] | string | null) => {
    if (typeof tried === 'string') skipped.push({ operation, why: tried })
    else if (tried !== null) trials.push(...[tried].flat())
  }
  const collections = collectionsOf(bench, world.a)
  const targets = targetsOf(bench, world.a)
  for (const known of collections)
    if (bench.goesOn()) {
      const looked = await lookAtCollection(bench, world, known)
      trials.push(looked.trial)
      privileged ||= looked.privileged
    }
  for (const target of filtersOf(bench, world.a)) {
    const looked = bench.goesOn() ? await lookAtThing(bench, world, target) : ''
    if (typeof looked !== 'string') trials.push(looked)
  }
  for (const target of targets.filter(({ known }) => known.request.method === 'GET')) {
    if (!bench.goesOn()) break
    take(target.label, await lookAtThing(bench, world, target))
    take(target.label, await lookUnderTheirs(bench, world, target))
  }
  const writes = targets
    .filter(({ known }) => ORDER.includes(known.request.method))
    .sort((x, y) => ORDER.indexOf(x.known.request.method) - ORDER.indexOf(y.known.request.method))
  for (const target of writes) {
    if (!bench.goesOn()) skipped.push({ operation: target.label, why: 'there was no time left for it' })
    else take(target.label, await strikeThing(bench, { world, targets, collections }, target))
  }
  return { trials, privileged, skipped: focus === undefined ? skipped : skipped.filter(isIn(focus, targets)) }
}

const isIn = (focus: readonly string[], targets: readonly Target[]) => {
  const known = new Set(targets.map(({ label }) => label))
  return ({ operation }: { operation: string }) => known.has(operation) && focus.includes(operation)
}

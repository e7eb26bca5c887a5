import { isSuccess } from '../../lab/speak/observe.ts'
import type { Bench } from './bench.ts'
import { fillWith, setSlot, valuesFor } from './fill.ts'
import type { Trial } from './seen.ts'
import { cellOf, shownIn, signsOf } from './shows.ts'
import type { Target } from './targets.ts'
import { describeTrial, idKindOf, proofOf, watch, wordOf } from './trial.ts'
import { thingsOf, type World } from './world.ts'

/** B asks for A's thing below something of its own: `/projects/<B's>/tasks/<A's>`; null where there is no such path. */
export const lookUnderTheirs = async (bench: Bench, world: World, target: Target): Promise<Trial | null> => {
  const { known, slot, thing } = target
  if (thing.parents.length === 0 || slot.in !== 'path') return null
  const { path } = known.route
  const [value] = valuesFor(path, slot, thing)
  if (value === undefined) return null
  const signs = signsOf(thingsOf(world.a))
  const aim = (chain: Parameters<typeof fillWith>[1]) =>
    setSlot(fillWith(known, chain, slot), path, slot, value)
  const right = aim([thing, ...thing.parents, ...thingsOf(world.a)])
  const crossed = aim([thing, ...thingsOf(world.b)])
  if (crossed.path === right.path) return null
  const own = await bench.ask(right, bench.cast.a)
  if (!isSuccess(own)) return null
  const asked = await watch(bench, crossed, bench.cast.b)
  const shows = shownIn(asked.exchange, crossed, signs)
  const passed = { known, principal: 'B', thing, asked, shown: null, texts: [...signs.texts.keys()], value }
  return {
    ...describeTrial(bench, known),
    ...{ kin: thing.kin, effect: 'read', object: "A's under B's parent", named: wordOf(slot) },
    id: idKindOf(value, thing),
    own: cellOf('A', own, shownIn(own, right, signs)),
    others: [cellOf('B', asked.exchange, shows)],
    theirs: null,
    missing: null,
    proofs: shows.length > 0 ? [proofOf(bench, passed)] : [],
  }
}

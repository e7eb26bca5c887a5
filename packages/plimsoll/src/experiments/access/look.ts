import { parseJson } from '../../base/json/parse-json.ts'
import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import type { Actor } from './actors.ts'
import type { Bench } from './bench.ts'
import { fillWith, setSlot, valuesFor } from './fill.ts'
import { isPrivileged } from './functions.ts'
import { asFields, findThing } from './harm.ts'
import { makeAlone } from './make-alone.ts'
import { missingName } from './missing-name.ts'
import type { Cell, Proof, Trial } from './seen.ts'
import { cellOf, type Signs, shownIn, signsOf } from './shows.ts'
import type { Target } from './targets.ts'
import type { Thing } from './thing.ts'
import { describeTrial, idKindOf, proofOf, watch, wordOf } from './trial.ts'
import { thingsOf, type World } from './world.ts'

const MOST_NAMES = 3

/** A parameter that nothing is known to fill. */
const isOpen = ({ path }: RequestOptions) => /\/:\w/.test(path)

const everybodyElse = ({ cast }: Bench): Actor[] => [cast.anonymous, cast.b, ...cast.others]

type Asking = { known: KnownRequest; request: RequestOptions; signs: Signs; value: string | null }

/** The same request by everybody else, with a proof for each who is shown something of A's. */
const askEverybody = async (bench: Bench, { a }: World, { known, request, signs, value }: Asking) => {
  const others: Cell[] = []
  const proofs: Proof[] = []
  for (const actor of everybodyElse(bench)) {
    const asked = await watch(bench, request, actor)
    const shows = shownIn(asked.exchange, request, signs)
    others.push(cellOf(actor.name, asked.exchange, shows))
    if (shows.length === 0) continue
    const thing = thingsOf(a).find(({ kin }) => shows.some((field) => field.split('.')[0] === kin)) ?? null
    const passed = {
      known,
      principal: actor.name,
      thing,
      asked,
      shown: null,
      texts: [...signs.texts.keys()],
      value,
    }
    proofs.push(proofOf(bench, passed))
  }
  return { others, proofs }
}

/** A collection, as everybody sees it, and whether it says that B is somebody special. */
export const lookAtCollection = async (
  bench: Bench,
  world: World,
  known: KnownRequest,
): Promise<{ trial: Trial; privileged: boolean }> => {
  const home = known.route.path
  const signs = { ...signsOf(thingsOf(world.a)), home }
  const { request } = known
  const own = await bench.ask(request, bench.cast.a)
  const asked = await askEverybody(bench, world, { known, request, signs, value: null })
  const theirs = await bench.ask(request, bench.cast.b)
  const self = isSuccess(theirs) ? findThing(parseJson(theirs.body), world.b.identity) : null
  return {
    privileged: self !== null && isPrivileged(asFields(self.object)),
    trial: {
      ...describeTrial(bench, known),
      ...{ kin: null, effect: 'read', object: 'none', named: '', id: 'guessable', missing: null, ...asked },
      own: cellOf('A', own, shownIn(own, request, signs)),
      theirs: cellOf('B', theirs, shownIn(theirs, request, { ...signsOf(thingsOf(world.b)), home })),
    },
  }
}

type Own = { request: RequestOptions; value: string; cell: Cell }

/** A's own access, by the first of the object's names that works. */
const findOwn = async (bench: Bench, { a }: World, target: Target, signs: Signs): Promise<Own | null> => {
  const { known, slot, thing } = target
  const { path } = known.route
  const base = fillWith(known, [thing, ...thing.parents, ...thingsOf(a)], slot)
  let plain: Own | null = null
  for (const value of valuesFor(path, slot, thing).slice(0, MOST_NAMES)) {
    const request = setSlot(base, path, slot, value)
    if (isOpen(request)) return null
    const answer = await bench.ask(request, bench.cast.a)
    if (!isSuccess(answer)) continue
    const own = { request, value, cell: cellOf('A', answer, shownIn(answer, request, signs)) }
    if (own.cell.shows.length > 0) return own
    plain ??= own
  }
  return plain
}

const askTheirs = async (bench: Bench, { b }: World, target: Target): Promise<Trial['theirs']> => {
  const { known, slot, maker } = target
  const { path } = known.route
  const thing = maker === null ? b.identity : b.things.get(maker)
  const value = thing === undefined ? undefined : valuesFor(path, slot, thing)[0]
  if (value === undefined) return null
  const request = setSlot(fillWith(known, thingsOf(b), slot), path, slot, value)
  const answer = await bench.ask(request, bench.cast.b)
  return cellOf('B', answer, shownIn(answer, request, signsOf(thingsOf(b))))
}

/** @param things whose texts are looked for */
const readThing = async (
  bench: Bench,
  world: World,
  target: Target,
  things: readonly Thing[],
): Promise<Trial | string> => {
  const { known, slot, thing } = target
  const signs = signsOf(things)
  const own = await findOwn(bench, world, target, signs)
  if (own === null) return 'the account that created the object cannot read it so'
  const { request, value } = own
  const elsewhere = setSlot(request, known.route.path, slot, missingName(value, bench.random))
  const missing = await bench.ask(elsewhere, bench.cast.b)
  const asked = await askEverybody(bench, world, { known, request, signs, value })
  return {
    ...describeTrial(bench, known),
    ...{ kin: thing.kin, effect: 'read', object: "A's", named: wordOf(slot), ...asked },
    id: idKindOf(value, thing),
    own: own.cell,
    theirs: await askTheirs(bench, world, target),
    missing: cellOf('B', missing),
  }
}

const kinsShown = (cell: Cell | undefined): Set<string> =>
  new Set(cell?.shows.map((field) => field.split('.')[0] ?? field))

const shownTo = (trial: Trial, name: string) =>
  kinsShown(trial.others.find(({ principal }) => principal === name))

/**
 * One read of one of A's things, by everybody; a reason where A itself cannot read it so. What A did with the things
 * after they were created may have opened them (published, shared, handed on): then new ones, left alone, tell.
 */
export const lookAtThing = async (bench: Bench, world: World, target: Target): Promise<Trial | string> => {
  const looked = await readThing(bench, world, target, thingsOf(world.a))
  if (typeof looked === 'string' || world.a.things.size < 2) return looked
  const shown = shownTo(looked, bench.cast.b.name)
  const fresh = shown.size === 0 ? null : await makeAlone(bench, world, target, shown)
  if (fresh === null || fresh.things.length === 0) return looked
  const alone = await readThing(bench, world, { ...target, thing: fresh.thing }, fresh.things)
  if (typeof alone === 'string' || alone.own.shows.length === 0) return looked
  return shownTo(alone, bench.cast.b.name).size === 0 ? alone : looked
}

import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import type { Actor } from './actors.ts'
import { type Bench, isGood } from './bench.ts'
import { fillWith, setSlot, valuesFor } from './fill.ts'
import { missingName } from './missing-name.ts'
import type { Proof, Trial } from './seen.ts'
import { cellOf, shownIn } from './shows.ts'
import type { Target } from './targets.ts'
import type { Thing } from './thing.ts'
import { describeTrial, idKindOf, proofOf, watch, wordOf } from './trial.ts'
import { textsOf, thingsOf, type World } from './world.ts'

const MOST_NAMES = 3

/** A parameter that nothing is known to fill. */
const isOpen = ({ path }: RequestOptions) => /\/:\w/.test(path)

const everybodyElse = ({ cast }: Bench): Actor[] => [cast.anonymous, cast.b, ...cast.others]

/** Where the answer is A's own, word for word, though nothing could be planted in it. */
const isWhole = (own: string, theirs: string, missing: string, name: string) =>
  own.length > 2 && own === theirs && own !== missing && own.includes(name)

/** A collection, as everybody sees it. */
export const lookAtCollection = async (bench: Bench, world: World, known: KnownRequest): Promise<Trial> => {
  const texts = textsOf(thingsOf(world.a))
  const theirTexts = textsOf(thingsOf(world.b))
  const request = known.request
  const own = await bench.ask(request, bench.cast.a)
  const others: Trial['others'] = []
  const proofs: Proof[] = []
  let theirs: Trial['theirs'] = null
  for (const actor of everybodyElse(bench)) {
    const asked = await watch(bench, request, actor)
    const shows = shownIn(asked.exchange, request, texts)
    others.push(cellOf(actor.name, asked.exchange, shows))
    if (actor === bench.cast.b)
      theirs = cellOf('B', asked.exchange, shownIn(asked.exchange, request, theirTexts))
    if (shows.length > 0) {
      const thing =
        thingsOf(world.a).find(({ kin }) => shows.some((field) => field.startsWith(`${kin}.`))) ?? null
      const passed = {
        known,
        principal: actor.name,
        thing,
        asked,
        shown: null,
        texts: [...texts.keys()],
        value: null,
      }
      proofs.push(proofOf(bench, passed))
    }
  }
  return {
    ...describeTrial(bench, known),
    ...{
      kin: null,
      effect: 'read',
      object: 'none',
      named: '',
      id: 'guessable',
      missing: null,
      theirs,
      others,
      proofs,
    },
    own: cellOf('A', own, shownIn(own, request, texts)),
  }
}

type Own = { request: RequestOptions; value: string; body: string; cell: Trial['own'] }

/** A's own access, by the first of the object's names that works. */
const findOwn = async (
  bench: Bench,
  world: World,
  target: Target,
  chain: readonly Thing[],
): Promise<Own | null> => {
  const { known, slot, thing } = target
  const { path } = known.route
  const base = fillWith(known, chain, slot)
  const texts = textsOf(thingsOf(world.a))
  let plain: Own | null = null
  for (const value of valuesFor(path, slot, thing).slice(0, MOST_NAMES)) {
    const request = setSlot(base, path, slot, value)
    if (isOpen(request)) return null
    const answer = await bench.ask(request, bench.cast.a)
    if (!isGood(answer)) continue
    const cell = cellOf('A', answer, shownIn(answer, request, texts))
    const own = { request, value, body: answer.body, cell }
    if (cell.shows.length > 0) return own
    plain ??= own
  }
  return plain
}

const askMissing = async (bench: Bench, { known, slot }: Target, { request, value }: Own) => {
  const other = setSlot(request, known.route.path, slot, missingName(value, bench.random))
  return bench.ask(other, bench.cast.b)
}

const askTheirs = async (bench: Bench, world: World, target: Target): Promise<Trial['theirs']> => {
  const thing = target.maker === null ? world.b.identity : world.b.things.get(target.maker)
  if (thing === undefined) return null
  const value = valuesFor(target.known.route.path, target.slot, thing)[0]
  if (value === undefined) return null
  const request = setSlot(
    fillWith(target.known, thingsOf(world.b), target.slot),
    target.known.route.path,
    target.slot,
    value,
  )
  const answer = await bench.ask(request, bench.cast.b)
  return cellOf('B', answer, shownIn(answer, request, textsOf(thingsOf(world.b))))
}

/** One read of one of A's things, by everybody; a reason where A itself cannot read it so. */
export const lookAtThing = async (bench: Bench, world: World, target: Target): Promise<Trial | string> => {
  const { known, slot, thing } = target
  const chain = [thing, ...thing.parents, ...thingsOf(world.a)]
  const own = await findOwn(bench, world, target, chain)
  if (own === null) return 'the account that created the object cannot read it so'
  const texts = textsOf(thingsOf(world.a))
  const missing = await askMissing(bench, target, own)
  const others: Trial['others'] = []
  const proofs: Proof[] = []
  for (const actor of everybodyElse(bench)) {
    const asked = await watch(bench, own.request, actor)
    const { body } = asked.exchange
    const whole =
      own.cell.shows.length === 0 &&
      isGood(asked.exchange) &&
      isWhole(own.body, body, missing.body, own.value)
    const shows = whole ? [thing.kin] : shownIn(asked.exchange, own.request, texts)
    others.push(cellOf(actor.name, asked.exchange, shows))
    if (shows.length > 0) {
      const passed = {
        known,
        principal: actor.name,
        thing,
        asked,
        shown: null,
        texts: [...texts.keys()],
        value: own.value,
      }
      proofs.push(proofOf(bench, passed))
    }
  }
  const seesWhole = others.some(({ shows }) => shows.includes(thing.kin))
  return {
    ...describeTrial(bench, known),
    ...{ kin: thing.kin, effect: 'read', object: "A's", named: wordOf(slot), others, proofs },
    id: idKindOf(own.value, thing),
    own: seesWhole ? { ...own.cell, shows: [thing.kin] } : own.cell,
    theirs: await askTheirs(bench, world, target),
    missing: cellOf('B', missing),
  }
}

import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import type { Actor } from './actors.ts'
import { type Bench, isGood } from './bench.ts'
import { fillWith, parametersOf, setSlot, valuesFor } from './fill.ts'
import { missingName } from './missing-name.ts'
import { sow } from './plant.ts'
import type { Cell, Proof, Trial } from './seen.ts'
import { cellOf } from './shows.ts'
import type { Target } from './targets.ts'
import type { Thing } from './thing.ts'
import { type Asked, describeTrial, idKindOf, proofOf, watch, wordOf } from './trial.ts'
import { type Witness, watchThing } from './witness.ts'
import { makeFresh, thingsOf, type World } from './world.ts'

export type Striking = {
  world: World
  targets: readonly Target[]
  collections: readonly KnownRequest[]
}

type Mark = { thing: Thing; witness: Witness | null }

/** A thing of A's that nothing has happened to yet. */
const newMark = async (
  bench: Bench,
  { world, targets, collections }: Striking,
  target: Target,
): Promise<Mark | null> => {
  const { maker } = target
  if (maker === null) return null
  const thing = await makeFresh(bench, maker, world.a)
  if (thing === null) return null
  const home = world.a.things.get(maker)
  const listing = home === undefined ? [] : collections
  return { thing, witness: await watchThing(bench, world, { thing, maker, targets, collections: listing }) }
}

/** The known request at this thing, with texts that nobody has sent before. */
const aimAt = (
  bench: Bench,
  { known, slot }: Target,
  thing: Thing,
  chain: readonly Thing[],
  bold: boolean,
) => {
  const value = valuesFor(known.route.path, slot, thing)[0] ?? ''
  const request = setSlot(fillWith(known, chain, slot), known.route.path, slot, value)
  const { body } = request.body === undefined ? request : sow(request.body, bench.random, bold)
  return { value, request: freshen({ ...request, ...(body !== undefined && { body }) }, bench.random) }
}

type Struck = { asked: Asked; cell: Cell; shown: Proof['shown'] }

const strike = async (
  bench: Bench,
  { thing, witness }: Mark,
  actor: Actor,
  request: RequestOptions,
): Promise<Struck> => {
  const asked = await watch(bench, request, actor)
  const { harm, exchange } = (await witness?.harm(request.method)) ?? { harm: [], exchange: null }
  return { asked, cell: { ...cellOf(actor.name, asked.exchange), harm }, shown: exchange }
}

/** A's own use of the operation, on a thing that is given up for it. */
const strikeOwn = async (bench: Bench, striking: Striking, target: Target) => {
  for (const bold of [true, false]) {
    const mark = await newMark(bench, striking, target)
    if (mark === null) return null
    const chain = [mark.thing, ...mark.thing.parents, ...thingsOf(striking.world.a)]
    const { request } = aimAt(bench, target, mark.thing, chain, bold)
    const struck = await strike(bench, mark, bench.cast.a, request)
    if (isGood(struck.asked.exchange)) return { struck, bold, witnessed: mark.witness !== null }
    if (request.body === undefined) return null
  }
  return null
}

type Attempt = { actor: Actor; chain: (thing: Thing) => Thing[] }

/** Others try on one thing until it is harmed; then the next one gets a new one. */
const strikeAs = async (
  bench: Bench,
  striking: Striking,
  { target, bold, attempts }: { target: Target; bold: boolean; attempts: readonly Attempt[] },
): Promise<{ others: Cell[]; proofs: Proof[]; value: string; thing: Thing | null }> => {
  const others: Cell[] = []
  const proofs: Proof[] = []
  let mark: Mark | null = null
  let value = ''
  for (const { actor, chain } of attempts) {
    mark ??= await newMark(bench, striking, target)
    if (mark === null) break
    const { thing } = mark
    const aimed = aimAt(bench, target, thing, chain(thing), bold)
    value = aimed.value
    const { asked, cell, shown } = await strike(bench, mark, actor, aimed.request)
    others.push(cell)
    if (cell.harm.length === 0) continue
    const texts = thing.planted.map(({ text }) => text)
    const passed = { known: target.known, principal: actor.name, thing, asked, shown, texts, value }
    proofs.push(proofOf(bench, passed))
    mark = null
  }
  return { others, proofs, value, thing: mark?.thing ?? null }
}

const strikeMissing = async (bench: Bench, { world }: Striking, target: Target, value: string) => {
  const { known, slot } = target
  const base = fillWith(known, thingsOf(world.b), slot)
  const request = setSlot(base, known.route.path, slot, missingName(value, bench.random))
  return cellOf('B', await bench.ask(request, bench.cast.b))
}

/** One write to one of A's things, by others; a reason where A itself cannot do it, or nothing would show it. */
export const strikeThing = async (
  bench: Bench,
  striking: Striking,
  target: Target,
): Promise<Trial[] | string> => {
  const { known, slot } = target
  const { a, b } = striking.world
  if (target.maker === null) return 'no account could be made to be given up for it'
  const own = await strikeOwn(bench, striking, target)
  if (own === null) return 'the account that created the object cannot do it'
  if (!own.witnessed) return 'nothing shows the object to the account that created it'
  const below = (thing: Thing) => [thing, ...thing.parents, ...thingsOf(a)]
  const { anonymous, b: attacker } = bench.cast
  const direct = await strikeAs(bench, striking, {
    ...{ target, bold: own.bold },
    attempts: [
      { actor: attacker, chain: below },
      { actor: anonymous, chain: below },
    ],
  })
  const trial: Trial = {
    ...describeTrial(bench, known),
    ...{ kin: target.thing.kin, effect: 'write', object: "A's", named: wordOf(slot), theirs: null },
    id: idKindOf(direct.value, target.thing),
    own: own.struck.cell,
    others: direct.others,
    missing: await strikeMissing(bench, striking, target, direct.value),
    proofs: direct.proofs,
  }
  if (target.thing.parents.length === 0 || parametersOf(known.route.path).length < 2) return [trial]
  const underTheirs = (thing: Thing) => [thing, ...thingsOf(b)]
  const crossed = await strikeAs(bench, striking, {
    ...{ target, bold: own.bold },
    attempts: [{ actor: attacker, chain: underTheirs }],
  })
  return [
    trial,
    {
      ...trial,
      object: "A's under B's parent",
      others: crossed.others,
      proofs: crossed.proofs,
      missing: null,
    },
  ]
}

import type { KnownRequest, RequestOptions } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import { isSuccess } from '../../lab/speak/observe.ts'
import { type Actor, newActor } from './actors.ts'
import type { Bench } from './bench.ts'
import { fillWith, parametersOf, setSlot, valuesFor } from './fill.ts'
import { identityOf } from './identity.ts'
import { isSpent, MOST_TRIED, spareBodies } from './maker.ts'
import { missingName } from './missing-name.ts'
import { withOwnPassword } from './old-password.ts'
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

type Mark = { thing: Thing; owner: Actor; witness: Witness | null }

const makeMarked = async (bench: Bench, { a }: World, maker: Target['maker']) => {
  if (maker !== null) return { thing: await makeFresh(bench, maker, a), owner: bench.cast.a }
  const owner = await newActor(bench.lab)
  return owner === null ? null : { thing: await identityOf(bench, owner), owner }
}

/** A thing, or an account, that nothing has happened to yet. */
const newMark = async (
  bench: Bench,
  { world, targets, collections }: Striking,
  { maker }: Target,
): Promise<Mark | null> => {
  const made = await makeMarked(bench, world, maker)
  if (made === null || made.thing === null) return null
  const { thing, owner } = made
  return {
    thing,
    owner,
    witness: await watchThing(bench, world, { thing, owner, maker, targets, collections }),
  }
}

type Aim = {
  actor: Actor
  chain: readonly Thing[]
  bold: boolean
  value?: string
  /** in place of the known one, which asks for what can be had once */
  body?: unknown
}

/** The known request at this thing, with texts that nobody has sent before. */
const aimAt = (
  bench: Bench,
  { known, slot }: Target,
  thing: Thing,
  { actor, chain, bold, value: given, body: other }: Aim,
) => {
  const value = given ?? valuesFor(known.route.path, slot, thing)[0] ?? ''
  const base = other === undefined ? known : { ...known, request: { ...known.request, body: other } }
  const request = setSlot(fillWith(base, chain, slot), known.route.path, slot, value)
  // What refers to the thing must stay as it is.
  const { body } =
    request.body === undefined || slot.in === 'body' ? request : sow(request.body, bench.random, bold)
  const filled = freshen({ ...request, ...(body !== undefined && { body }) }, bench.random)
  return { value, request: withOwnPassword(filled, actor) }
}

type Struck = { asked: Asked; cell: Cell; shown: Proof['shown'] }

const strike = async (
  bench: Bench,
  { witness }: Mark,
  actor: Actor,
  request: RequestOptions,
): Promise<Struck> => {
  const asked = await watch(bench, request, actor)
  const { harm, exchange } = (await witness?.harm(request.method)) ?? { harm: [], exchange: null }
  const { status } = asked.exchange
  // What changes in spite of a refusal changes by itself.
  const isSaid = status === null || status < 400 || status >= 500
  return { asked, cell: { ...cellOf(actor.name, asked.exchange), harm: isSaid ? harm : [] }, shown: exchange }
}

type Spare = ReturnType<typeof spareBodies>

/** Strikes for one thing after the other, as long as what is asked for is taken. */
const strikeForOthers = async (
  bench: Bench,
  { target, mark, aim, spare }: { target: Target; mark: Mark; aim: Aim; spare: Spare },
): Promise<{ struck: Struck; value: string } | null> => {
  let last: { struck: Struck; value: string } | null = null
  for (let tried = 0; tried < MOST_TRIED; tried += 1) {
    const body = await spare()
    if (body === undefined) break
    const { request, value } = aimAt(bench, target, mark.thing, { ...aim, body })
    last = { struck: await strike(bench, mark, aim.actor, request), value }
    if (!isSpent(target, last.struck.asked.exchange.status)) break
  }
  return last
}

const MOST_NAMES = 3

const REFUSED = 'the account that created the object cannot do it'

/** A's own use of the operation, on a thing that is given up for it, by the first of its names that works; or why not. */
const strikeOwn = async (bench: Bench, striking: Striking, target: Target, spare: Spare) => {
  const { known, slot } = target
  const refers = known.request.body !== undefined && slot.in !== 'body'
  for (const bold of [true, false]) {
    const mark = await newMark(bench, striking, target)
    if (mark === null) return 'no further object could be created, to be given up for it'
    const { thing, owner: actor } = mark
    const chain = [thing, ...thing.parents, ...thingsOf(striking.world.a)]
    const names = valuesFor(known.route.path, slot, thing).slice(0, MOST_NAMES)
    for (const [nth, value] of names.entries()) {
      const { request } = aimAt(bench, target, thing, { actor, chain, bold, value })
      const struck = await strike(bench, mark, actor, request)
      const told = { bold, nth, witnessed: mark.witness !== null }
      if (isSuccess(struck.asked.exchange)) return { ...told, struck, scarce: false }
      if (refers && isSpent(target, struck.asked.exchange.status)) {
        const aim = { actor, chain, bold, value }
        const again = await strikeForOthers(bench, { target, mark, aim, spare })
        if (again !== null && isSuccess(again.struck.asked.exchange))
          return { ...told, struck: again.struck, scarce: true }
      }
      if (request.body === undefined && nth === names.length - 1) return REFUSED
    }
  }
  return REFUSED
}

type Attempt = { actor: Actor; chain: (thing: Thing) => Thing[] }

const strikeMissing = async (bench: Bench, { world }: Striking, target: Target, value: string) => {
  const { known, slot } = target
  const base = fillWith(known, thingsOf(world.b), slot)
  const request = setSlot(base, known.route.path, slot, missingName(value, bench.random))
  return cellOf('B', await bench.ask(request, bench.cast.b))
}

/** What happens to a thing while B does the same to one that does not exist: it happens by itself. */
const changesAlone = async (
  bench: Bench,
  striking: Striking,
  target: Target,
  value: string,
): Promise<string[]> => {
  const mark = await newMark(bench, striking, target)
  if (mark === null) return []
  await strikeMissing(bench, striking, target, value)
  return (await mark.witness?.harm(target.known.request.method))?.harm ?? []
}

/** Others try on one thing until it is harmed; then the next one gets a new one. */
const strikeAs = async (
  bench: Bench,
  striking: Striking,
  {
    target,
    bold,
    nth,
    spare,
    attempts,
  }: { target: Target; bold: boolean; nth: number; spare: Spare | null; attempts: readonly Attempt[] },
): Promise<{ others: Cell[]; proofs: Proof[]; value: string; thing: Thing | null }> => {
  const others: Cell[] = []
  const proofs: Proof[] = []
  let mark: Mark | null = null
  let value = ''
  for (const { actor, chain } of attempts) {
    mark ??= await newMark(bench, striking, target)
    if (mark === null) break
    const { thing } = mark
    const name = valuesFor(target.known.route.path, target.slot, thing)[nth]
    const aim = { actor, bold, chain: chain(thing), ...(name !== undefined && { value: name }) }
    const struckForOthers = spare === null ? null : await strikeForOthers(bench, { target, mark, aim, spare })
    if (spare !== null && struckForOthers === null) break
    const aimed = aimAt(bench, target, thing, aim)
    value = aimed.value
    const { asked, cell, shown } =
      struckForOthers?.struck ?? (await strike(bench, mark, actor, aimed.request))
    const alone = cell.harm.length === 0 ? [] : await changesAlone(bench, striking, target, value)
    const harm = cell.harm.filter((field) => !alone.includes(field))
    others.push({ ...cell, harm })
    if (cell.harm.length > 0) mark = null
    if (harm.length === 0) continue
    const texts = thing.planted.map(({ text }) => text)
    const passed = { known: target.known, principal: actor.name, thing, asked, shown, texts, value }
    proofs.push(proofOf(bench, passed))
  }
  return { others, proofs, value, thing: mark?.thing ?? null }
}

/** One write to one of A's things, by others; a reason where A itself cannot do it, or nothing would show it. */
export const strikeThing = async (
  bench: Bench,
  striking: Striking,
  target: Target,
): Promise<Trial[] | string> => {
  const { known, slot } = target
  const { a, b } = striking.world
  const spareBody = spareBodies(bench, known)
  const own = await strikeOwn(bench, striking, target, spareBody)
  if (typeof own === 'string') return own
  const spare = own.scarce ? spareBody : null
  if (!own.witnessed) return 'nothing shows the object to the account that created it'
  const below = (thing: Thing) => [thing, ...thing.parents, ...thingsOf(a)]
  const { anonymous, b: attacker } = bench.cast
  const direct = await strikeAs(bench, striking, {
    ...{ target, bold: own.bold, nth: own.nth, spare },
    attempts: [
      { actor: attacker, chain: below },
      { actor: anonymous, chain: below },
    ],
  })
  if (own.scarce && direct.others.length < 2) return 'nothing is left to ask for that is not taken'
  // The object may show nothing of what was taken for it: then it cannot show what others took for it either.
  const accepted = direct.others.some(({ status }) => status !== null && status < 300)
  if (own.scarce && accepted && own.struck.cell.harm.length === 0 && direct.proofs.length === 0)
    return 'others are accepted, and the object does not show what was done to it'
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
    ...{ target, bold: own.bold, nth: own.nth, spare },
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

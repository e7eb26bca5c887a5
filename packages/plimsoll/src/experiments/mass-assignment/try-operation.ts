import { isSuccess } from '../../lab/speak/observe.ts'
import { revive } from '../../lab/speak/revive.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import type { Bench } from './bench.ts'
import { type Candidate, candidatesOf } from './candidates.ts'
import { findStuck } from './compare.ts'
import { findOwnership, findRights } from './effects.ts'
import { GUESSED, kindOf, plain } from './names.ts'
import type { Effect, Stuck, Tried } from './seen.ts'
import { speakAs } from './speaker.ts'
import { type Operation, send, type Trial } from './trial.ts'
import { valueFor } from './values.ts'

type Found = { fields: string[]; refused: number; stuck: Stuck[]; effects: Effect[] }

const bodyOf = (candidates: readonly Candidate[]) =>
  Object.fromEntries(candidates.flatMap(({ spellings, value }) => spellings.map((name) => [name, value])))

/** A field of which one spelling was refused may be taken in the other. */
const alone = (candidates: readonly Candidate[]): Candidate[][] =>
  candidates.flatMap((one) => one.spellings.map((name) => [{ ...one, spellings: [name] }]))

/** What changes hands, or locks out, is sent by itself: what else was kept could no longer be seen. */
const groupsOf = (candidates: readonly Candidate[]): Candidate[][] => {
  const apart = (one: Candidate) => one.kind === 'owner' || one.kind === 'tenant' || one.kind === 'secret'
  const together = candidates.filter((one) => !apart(one))
  return [...(together.length > 0 ? [together] : []), ...candidates.filter(apart).map((one) => [one])]
}

const MOST_ALONE = 12

const look = async (
  bench: Bench,
  operation: Operation,
  control: Trial,
  found: Found,
  group: readonly Candidate[],
) => {
  const trial = await send(
    bench,
    operation,
    bodyOf(group),
    group.some(({ kind }) => kind === 'owner'),
  )
  if (!isSuccess(trial.exchange)) {
    found.refused += 1
    return false
  }
  const stuck = group.flatMap((one) => findStuck(bench, trial, control, one) ?? [])
  found.stuck.push(...stuck)
  const rights = stuck.filter(({ kind }) => kind === 'rights').map(({ field }) => field)
  const ordinary = operation.registers ? control.actor : (bench.lab.accounts[0] ?? null)
  if (rights.length > 0 && ordinary !== null) {
    const effect = await findRights(bench, trial, ordinary, rights)
    if (effect !== null) found.effects.push(effect)
  }
  return true
}

const tryShown = async (
  bench: Bench,
  operation: Operation,
  control: Trial,
  found: Found,
): Promise<Candidate[]> => {
  const candidates = await candidatesOf(bench, operation, control.sights)
  found.fields.push(...candidates.map(({ field }) => field))
  for (const group of groupsOf(candidates)) {
    if (bench.signal.aborted) break
    if (await look(bench, operation, control, found, group)) continue
    const singles = group.length > 1 || (group[0]?.spellings.length ?? 0) > 1 ? alone(group) : []
    for (const single of singles.slice(0, MOST_ALONE)) {
      const isKept = found.stuck.some(({ field }) => field === single[0]?.field)
      if (!isKept && !bench.signal.aborted) await look(bench, operation, control, found, single)
    }
  }
  return candidates
}

const guessed = (
  operation: Operation,
  candidates: readonly Candidate[],
  kinds: readonly string[],
  other: unknown,
): Candidate[] => {
  const known = new Set(candidates.map(({ field }) => plain(field)))
  return GUESSED.flatMap((field): Candidate[] => {
    const kind = kindOf(field)
    if (kind === null || !kinds.includes(kind)) return []
    if (known.has(plain(field)) || operation.documented.takes(field)) return []
    const value = valueFor(kind, field, { value: undefined, type: null, choices: [], other })
    return value === undefined ? [] : [{ field, kind, spellings: [field], value, documented: false }]
  })
}

const grants = async (
  bench: Bench,
  operation: Operation,
  control: Trial,
  found: Found,
  group: readonly Candidate[],
) => {
  const trial = await send(bench, operation, bodyOf(group))
  if (!isSuccess(trial.exchange)) {
    found.refused += 1
    return null
  }
  const ordinary = operation.registers ? control.actor : (bench.lab.accounts[0] ?? null)
  if (ordinary === null) return null
  return findRights(
    bench,
    trial,
    ordinary,
    group.map(({ field }) => field),
  )
}

/** Fields of accounts that nothing shows: only what they change in what is allowed can tell that they were kept. */
const guessRights = async (
  bench: Bench,
  operation: Operation,
  control: Trial,
  found: Found,
  known: readonly Candidate[],
) => {
  const group = guessed(operation, known, ['rights', 'verified', 'ledger'], undefined)
  const rights = group.filter(({ kind }) => kind === 'rights')
  if (found.effects.length > 0 || bench.refused.length === 0 || rights.length === 0) return
  found.fields.push(...group.map(({ field }) => field))
  const refused = found.refused
  const effect = await grants(bench, operation, control, found, group)
  if (effect === null && found.refused === refused) return
  for (const one of rights) {
    if (bench.signal.aborted) return
    const single = await grants(bench, operation, control, found, [one])
    if (single === null) continue
    found.effects.push(single)
    return
  }
  if (effect !== null) found.effects.push(effect)
}

/** Owners that nothing shows: what was made in somebody's name shows among that one's things. */
const guessOwner = async (
  bench: Bench,
  operation: Operation,
  control: Trial,
  found: Found,
  known: readonly Candidate[],
) => {
  const hidden = control.theirs.filter(({ sights }) => sights.length === 0)
  const others = [...new Set(bench.theirs.values())].slice(0, 2)
  if (found.stuck.some(({ kind }) => kind === 'owner') || hidden.length === 0) return
  for (const other of others) {
    const group = guessed(operation, known, ['owner'], other)
    if (group.length === 0 || bench.signal.aborted) return
    found.fields.push(...group.map(({ field }) => field).filter((field) => !found.fields.includes(field)))
    const trial = await send(bench, operation, bodyOf(group), true)
    const effect = isSuccess(trial.exchange)
      ? findOwnership(
          trial,
          control,
          group.map(({ field }) => field),
        )
      : null
    if (effect !== null) {
      found.effects.push(effect)
      return
    }
  }
}

/** What the service chooses for the second account in the places of the first one's names. */
const learnOwner = async (bench: Bench, operation: Operation, control: Trial) => {
  const [first, second] = bench.lab.accounts
  const owners = control.sights.flatMap(({ place, thing }) =>
    Object.entries(thing)
      .filter(([name, value]) => ['owner', 'tenant'].includes(kindOf(name) ?? '') && value != null)
      .map(([name, value]) => ({ place, name, value: String(value) })),
  )
  const unknown = owners.filter(({ value }) => !bench.theirs.has(value))
  const request = second === undefined ? null : speakAs(operation.known.request, first, second)
  if (unknown.length === 0 || request === null || second === undefined) return
  const theirs = await send(bench, { ...operation, speaker: second }, {})
  for (const { place, name, value } of unknown) {
    const instead = theirs.sights.find((sight) => sight.place === place)?.thing[name]
    if (instead != null && String(instead) !== value) bench.theirs.set(value, instead)
  }
}

const originOf = ({ lab }: Bench, { known }: Operation, stuck: readonly Stuck[]): Tried['origin'] => {
  const statement = stuck.find((one) => one.statement !== null)?.statement
  const written = statement == null ? null : lab.origin(statement.sql, known.route)
  return written ?? { place: known.route.handler.place ?? known.route.place, excerpt: '' }
}

/** One operation with fields that it did not ask for, beside itself without them. */
export const tryOperation = async (bench: Bench, operation: Operation): Promise<Tried> => {
  const { label, registers, aboutAccounts, documented } = operation
  const found: Found = { fields: [], refused: 0, stuck: [], effects: [] }
  const tried = (reason: string): Tried => ({
    ...{ operation: label, reason, registers, described: documented.described },
    ...found,
    origin: found.stuck.length + found.effects.length === 0 ? null : originOf(bench, operation, found.stuck),
  })
  let control = await send(bench, operation, {}, true)
  // What was asked before may have ended it.
  if (control.exchange.status === null && (await revive(bench.lab)))
    control = await send(bench, operation, {}, true)
  if (isRateLimited(control.exchange)) return tried(RATE_LIMITED)
  if (!isSuccess(control.exchange))
    return tried(`sent as it is, it answered ${control.exchange.status ?? control.exchange.error}`)
  if ((operation.tables ?? []).length > 0) control = await send(bench, operation, {}, true)
  if (!registers) await learnOwner(bench, operation, control)
  const known = await tryShown(bench, operation, control, found)
  if (registers || aboutAccounts) await guessRights(bench, operation, control, found, known)
  else await guessOwner(bench, operation, control, found, known)
  return tried('')
}

import type { Lab } from '../../lab/lab.ts'
import { controlStore } from '../../lab/operations/controlled-store.ts'
import { type Interleaved, interleave, interleaveQueued } from '../../lab/operations/interleave.ts'
import type { Operation } from '../../lab/operations/operation.ts'
import type { Profile } from '../../lab/operations/profile.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import type { Conflict } from './conflicts.ts'
import type { Outcome } from './outcome.ts'
import { schedulesFor } from './schedules.ts'
import type { AnomalySeen, PairSeen } from './seen.ts'
import { accepts, outcomeFrom } from './serial.ts'
import type { Situation } from './situations.ts'
import { type Ground, learnSerial, leftBy, relearnSerial, type Serial, send, TURN_OFF } from './trial.ts'
import { type Footing, weigh } from './weigh.ts'

export type Side = { operation: Operation; profile: Profile }

export type Pair = {
  subject: string
  a: Side
  b: Side
  conflict: Conflict
  situations: () => Promise<readonly Situation[]>
}

const longestGap = (...profiles: Profile[]) =>
  Math.max(
    0,
    ...profiles.flatMap(({ statements, tailMs }) => [tailMs, ...statements.map(({ gapMs }) => gapMs)]),
  )

const at = (sql: string) => sql.replace(/\s+/g, ' ').trim()

/** The statements that the anomaly is made of: what was read too early, and what was then written. */
const statementsOf = ({ operation, profile }: Side, tables: readonly string[], lab: Lab) => {
  const reads = profile.statements.findIndex(
    ({ facts }) => facts.kind === 'read' && facts.reads.some(({ table }) => tables.includes(table)),
  )
  const read = profile.statements[reads]?.sql ?? ''
  const write = profile.statements.slice(reads + 1).find(({ facts }) => facts.kind === 'write')?.sql ?? ''
  const origin =
    (read === '' ? null : lab.origin(read, operation.known.route)) ??
    (write === '' ? null : lab.origin(write, operation.known.route))
  return { read: at(read), write: at(write), origin }
}

const bodyOf = (exchange: { body: string } | null) => exchange?.body.slice(0, 600) ?? ''

/** Tables that either one looks at, and those that both write to before they look at what counts. */
const footingOf = ({ a, b, conflict: { tables } }: Pair): Footing => {
  const read = new Set<string>()
  const writtenFirst = new Set<string>()
  for (const { profile } of [a, b]) {
    let looked = false
    for (const { facts } of profile.statements) {
      for (const { table } of facts.reads) read.add(table)
      looked ||= facts.reads.some(({ table }) => tables.includes(table))
      if (!looked) for (const { table } of facts.writes) writtenFirst.add(table)
    }
  }
  return { read, writtenFirst }
}

const anomalyOf = (
  pair: Pair,
  situation: Situation,
  { lab }: Ground,
  serial: Serial,
  { played, answers }: Interleaved,
  { kind, got }: { kind: AnomalySeen['kind']; got: Outcome },
): AnomalySeen => ({
  kind,
  situation: situation.name,
  before: situation.before,
  apart: situation.apart,
  requests: situation.requests,
  bodies: { A: bodyOf(answers.A), B: bodyOf(answers.B) },
  got,
  references: serial.references,
  played,
  ...statementsOf(pair.a, pair.conflict.tables, lab),
})

const tookMs = ({ played: { steps } }: Interleaved) => steps.at(-1)?.atMs ?? 0

const accepted = ({ references }: Serial) => references.some(({ accepted: { A, B } }) => A || B)

/** Why what the two come to one after the other is nothing to compare with; empty when it is. */
const doubtOf = (serial: Serial, { conflict: { tables } }: Pair): string => {
  const changing = tables.filter((table) => serial.unsteady.has(table))
  if (changing.length > 0)
    return `one after the other, the same requests do not always leave the same in ${changing.join(', ')}: a job writes there. ${TURN_OFF}`
  return accepted(serial)
    ? ''
    : `on the same data it is not accepted a second time: the app remembers it in its own memory. ${TURN_OFF}`
}

/** Why an order that was had shows nothing: both were refused. Empty when it does. */
const voidBecause = ({ answers: { A, B } }: Interleaved): string => {
  if ([A, B].some((one) => one !== null && isRateLimited(one))) return RATE_LIMITED
  if (accepts(A) || accepts(B)) return ''
  return `both were refused: ${A?.status ?? 'no answer'} and ${B?.status ?? 'no answer'}`
}

/** Both were accepted as they are; values that the lab made up for other situations may well be refused. */
const isPlain = ({ a, b }: Pair, { requests, before }: Situation): boolean =>
  before.length === 0 && requests.A === a.operation.request && requests.B === b.operation.request

type Found = { anomaly: AnomalySeen | null; serial: Serial } | { unstable: string }

/** What no order explains is held against the orders once more before it counts. */
const findAnomaly = async (
  ground: Ground,
  pair: Pair,
  situation: Situation,
  serial: Serial,
  interleaved: Interleaved,
): Promise<Found> => {
  const footing = footingOf(pair)
  const left = await leftBy(ground, interleaved.answers)
  const first = weigh(outcomeFrom(left, serial), serial.references, footing)
  if (first === 'explained') return { anomaly: null, serial }
  const { requests, same } = situation
  const again = await relearnSerial(ground, requests, { serial, same, tookMs: tookMs(interleaved) })
  if ('unstable' in again) return again
  const doubt = doubtOf(again, pair)
  if (doubt !== '') return { unstable: doubt }
  const got = outcomeFrom(left, again)
  const kind = weigh(got, again.references, footing)
  if (kind === 'explained') return { anomaly: null, serial: again }
  return {
    anomaly: anomalyOf(pair, situation, ground, again, interleaved, { kind, got }),
    serial: again,
  }
}

/** The state in which a situation begins, with a checkpoint of its own where requests go before. */
const prepare = async (ground: Ground, { before }: Situation): Promise<Ground | null> => {
  if (!(await ground.controlled.checkpoint.restore())) return null
  if (before.length === 0) return ground
  for (const request of before) await send(ground, request)
  const found = await controlStore(ground.lab)
  return 'controlled' in found ? { ...ground, controlled: found.controlled } : null
}

type Tally = {
  trials: number
  played: number
  guarded: number
  reasons: Set<string>
  /** situations in which no order could be had */
  unforced: string[]
  /** why an outcome that no order explains does not count */
  doubts: Set<string>
}

/** Wrong rows end the search; wrong answers are kept, and wrong rows looked for. */
const trySchedules = async (
  ground: Ground,
  pair: Pair,
  situation: Situation,
  learnt: Serial,
  tally: Tally,
): Promise<AnomalySeen | null> => {
  const { a, b, conflict } = pair
  let serial: Serial | null = learnt
  const { lab, controlled, background, signal } = ground
  const options = { background, gapMs: longestGap(a.profile, b.profile), signal }
  let queued = false
  let answers: AnomalySeen | null = null
  const run = async (force: () => Promise<Interleaved>): Promise<AnomalySeen | null> => {
    if (serial === null || signal.aborted || !(await controlled.checkpoint.restore())) return null
    tally.trials += 1
    const interleaved = await force()
    const { outcome, reason } = interleaved.played
    const found = await findAnomaly(ground, pair, situation, serial, interleaved)
    if ('unstable' in found) {
      tally.doubts.add(found.unstable)
      serial = null
      return null
    }
    const refusal = voidBecause(interleaved)
    if (outcome === 'unschedulable' || refusal !== '') tally.reasons.add(refusal || reason)
    else tally[outcome] += 1
    serial = found.serial
    const { anomaly } = found
    if (anomaly?.kind === 'rows') return anomaly
    answers ??= anomaly
    if (outcome !== 'unschedulable' || queued) return null
    queued = true
    return run(() => interleaveQueued(lab, controlled, situation.requests, options))
  }
  const own = a.profile.statements
  for (const schedule of schedulesFor(own, b.profile.statements, conflict.tables, situation.same)) {
    const rows = await run(() => interleave(lab, controlled, situation.requests, schedule, options))
    if (rows !== null) return rows
  }
  return answers
}

/**
 * Forces the two operations into the orders that could show an anomaly, in every situation; stops at the first.
 * @param untilMs no situation begins later, by the lab's clock; the ones left out are said
 */
export const racePair = async (ground: Ground, pair: Pair, untilMs: number): Promise<PairSeen> => {
  const tally: Tally = {
    trials: 0,
    played: 0,
    guarded: 0,
    reasons: new Set(),
    unforced: [],
    doubts: new Set(),
  }
  const found = { anomaly: null as AnomalySeen | null }
  const situations = await pair.situations()
  const names: string[] = []
  for (const situation of situations) {
    if (ground.signal.aborted || found.anomaly?.kind === 'rows') break
    if (ground.lab.nowMs() > untilMs) {
      tally.reasons.add('there was no time left')
      tally.unforced.push(situation.name)
      continue
    }
    const own = await prepare(ground, situation)
    if (own === null) {
      tally.reasons.add('the data could not be put back: a transaction stays open')
      continue
    }
    const serial = await learnSerial(own, situation.requests, situation.same)
    const doubt = 'unstable' in serial ? serial.unstable : doubtOf(serial, pair)
    if (doubt !== '' && isPlain(pair, situation)) {
      tally.reasons.add(doubt)
      tally.unforced.push(situation.name)
    }
    if (!('unstable' in serial) && doubt === '') {
      names.push(situation.name)
      const before = tally.played + tally.guarded
      found.anomaly = (await trySchedules(own, pair, situation, serial, tally)) ?? found.anomaly
      if (tally.played + tally.guarded === before) tally.unforced.push(situation.name)
    }
    if (own !== ground) await own.controlled.checkpoint.close()
  }
  return {
    subject: pair.subject,
    tables: pair.conflict.tables,
    situations: names,
    ...{ trials: tally.trials, played: tally.played, guarded: tally.guarded },
    reasons: [...tally.reasons],
    unforced: tally.unforced,
    doubts: [...tally.doubts],
    anomaly: found.anomaly,
  }
}

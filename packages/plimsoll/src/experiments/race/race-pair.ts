import type { Lab } from '../../lab/lab.ts'
import { controlStore } from '../../lab/operations/controlled-store.ts'
import { type Interleaved, interleave, interleaveQueued } from '../../lab/operations/interleave.ts'
import type { Operation } from '../../lab/operations/operation.ts'
import type { Profile } from '../../lab/operations/profile.ts'
import type { Conflict } from './conflicts.ts'
import { explain, explainRows, type Outcome } from './outcome.ts'
import { schedulesFor } from './schedules.ts'
import type { AnomalySeen, PairSeen } from './seen.ts'
import type { Situation } from './situations.ts'
import { type Ground, learnSerial, outcomeOf, type Serial, send } from './trial.ts'

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

const anomalyOf = (
  pair: Pair,
  situation: Situation,
  { lab }: Ground,
  serial: Serial,
  { played, answers }: Interleaved,
  got: Outcome,
): AnomalySeen => ({
  kind: explainRows(got, serial.references) === null ? 'rows' : 'answers',
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

const findAnomaly = async (
  ground: Ground,
  pair: Pair,
  situation: Situation,
  serial: Serial,
  interleaved: Interleaved,
): Promise<AnomalySeen | null> => {
  const got = await outcomeOf(ground, interleaved.answers, serial)
  if (explain(got, serial.references) !== null) return null
  return anomalyOf(pair, situation, ground, serial, interleaved, got)
}

/** The state in which a situation begins, with a checkpoint of its own where requests go before. */
const prepare = async (ground: Ground, { before }: Situation): Promise<Ground | null> => {
  if (!(await ground.controlled.checkpoint.restore())) return null
  if (before.length === 0) return ground
  for (const request of before) await send(ground, request)
  const found = await controlStore(ground.lab)
  return 'controlled' in found ? { ...ground, controlled: found.controlled } : null
}

type Tally = { trials: number; played: number; guarded: number; reasons: Set<string> }

/** Wrong rows end the search; wrong answers are kept, and wrong rows looked for. */
const trySchedules = async (
  ground: Ground,
  pair: Pair,
  situation: Situation,
  serial: Serial,
  tally: Tally,
): Promise<AnomalySeen | null> => {
  const { a, b, conflict } = pair
  const { lab, controlled, background, signal } = ground
  const options = { background, gapMs: longestGap(a.profile, b.profile), signal }
  let queued = false
  let answers: AnomalySeen | null = null
  const run = async (force: () => Promise<Interleaved>): Promise<AnomalySeen | null> => {
    if (signal.aborted || !(await controlled.checkpoint.restore())) return null
    tally.trials += 1
    const interleaved = await force()
    const { outcome, reason } = interleaved.played
    if (outcome === 'unschedulable') tally.reasons.add(reason)
    else tally[outcome] += 1
    const anomaly = await findAnomaly(ground, pair, situation, serial, interleaved)
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

/** Forces the two operations into the orders that could show an anomaly, in every situation; stops at the first. */
export const racePair = async (ground: Ground, pair: Pair): Promise<PairSeen> => {
  const tally: Tally = { trials: 0, played: 0, guarded: 0, reasons: new Set() }
  const found = { anomaly: null as AnomalySeen | null }
  const situations = await pair.situations()
  const names: string[] = []
  for (const situation of situations) {
    if (ground.signal.aborted || found.anomaly?.kind === 'rows') break
    const own = await prepare(ground, situation)
    if (own === null) {
      tally.reasons.add('the data could not be put back: a transaction stays open')
      continue
    }
    const serial = await learnSerial(own, situation.requests, situation.same)
    if ('unstable' in serial) tally.reasons.add(serial.unstable)
    else {
      names.push(situation.name)
      found.anomaly = (await trySchedules(own, pair, situation, serial, tally)) ?? found.anomaly
    }
    if (own !== ground) await own.controlled.checkpoint.close()
  }
  return {
    subject: pair.subject,
    tables: pair.conflict.tables,
    situations: names,
    ...{ trials: tally.trials, played: tally.played, guarded: tally.guarded },
    reasons: [...tally.reasons],
    anomaly: found.anomaly,
  }
}

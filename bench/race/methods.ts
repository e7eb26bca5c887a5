import { explain } from '../../packages/plimsoll/src/experiments/race/outcome.ts'
import { schedulesFor } from '../../packages/plimsoll/src/experiments/race/schedules.ts'
import type { AnomalySeen, Sent } from '../../packages/plimsoll/src/experiments/race/seen.ts'
import { outcomeFrom } from '../../packages/plimsoll/src/experiments/race/serial.ts'
import {
  type Ground,
  learnSerial,
  leftBy,
  type Requests,
  type Serial,
  send,
} from '../../packages/plimsoll/src/experiments/race/trial.ts'
import { controlStore } from '../../packages/plimsoll/src/lab/operations/controlled-store.ts'
import { interleave } from '../../packages/plimsoll/src/lab/operations/interleave.ts'
import { profile } from '../../packages/plimsoll/src/lab/operations/profile.ts'
import { settle } from '../../packages/plimsoll/src/lab/operations/settle.ts'
import type { Exchange } from '../../packages/plimsoll/src/model/evidence.ts'
import type { Actor, Schedule } from '../../packages/plimsoll/src/model/schedule.ts'

/** Hits among tries, each with two requests from the same state. */
export type Count = { hits: number; tries: number }

export type Counts = { parallel: Count; lastByte: Count; forced: Count }

type Answers = Record<Actor, Exchange | null>
type Method = (ground: Ground) => Promise<Answers>

const plain = ({ method, path, headers, body }: Sent) => ({ method, path, ...(headers && { headers }), body })

const both = ({ requests }: AnomalySeen): Requests => {
  const { A, B } = requests
  if (A === undefined || B === undefined) throw new Error('an anomaly has two requests')
  return { A: plain(A), B: plain(B) }
}

const parallel =
  ({ A, B }: Requests): Method =>
  async ({ lab }) => {
    const [first, second] = await Promise.all([lab.http.request(A), lab.http.request(B)])
    return { A: first ?? null, B: second ?? null }
  }

const lastByte =
  ({ A, B }: Requests): Method =>
  async ({ lab }) => {
    const [first, second] = await lab.http.burst([A, B], { lastByte: true })
    const exchange = (answer: typeof first): Exchange | null =>
      answer === undefined
        ? null
        : { ...A, path: A.path, requestHeaders: {}, headers: {}, atMs: 0, durationMs: 0, ...answer }
    return { A: exchange(first), B: exchange(second) }
  }

const forced =
  (requests: Requests, schedule: Schedule, gapMs: number): Method =>
  async (ground) => {
    const { background, signal } = ground
    const options = { background, gapMs, signal }
    return (await interleave(ground.lab, ground.controlled, requests, schedule, options)).answers
  }

const isHit = async (ground: Ground, serial: Serial, method: Method): Promise<boolean> => {
  if (!(await ground.controlled.checkpoint.restore())) throw new Error('the data could not be put back')
  const answers = await method(ground)
  await settle(ground.lab, ground.controlled.wire, ground.background)
  return explain(outcomeFrom(await leftBy(ground, answers), serial), serial.references) === null
}

const count = async (ground: Ground, serial: Serial, method: Method, tries: number): Promise<Count> => {
  let hits = 0
  for (let index = 0; index < tries; index += 1) if (await isHit(ground, serial, method)) hits += 1
  return { hits, tries }
}

const prepare = async (ground: Ground, { before }: AnomalySeen): Promise<Ground> => {
  if (before.length === 0) return ground
  for (const request of before) await send(ground, plain(request))
  const found = await controlStore(ground.lab)
  if ('reason' in found) throw new Error(found.reason)
  return { ...ground, controlled: found.controlled }
}

/** One try of ours: the schedule that showed it, or, where none ever did, each that could. */
const forcedCount = async (
  ground: Ground,
  serial: Serial,
  anomaly: AnomalySeen,
  schedules: readonly Schedule[],
  tries: number,
): Promise<Count> => {
  const requests = both(anomaly)
  let hits = 0
  for (let index = 0; index < tries; index += 1) {
    let hit = false
    for (const schedule of schedules) hit ||= await isHit(ground, serial, forced(requests, schedule, 250))
    if (hit) hits += 1
  }
  return { hits, tries }
}

/** Counts by each method how often two requests come to what no order explains. */
export const compareMethods = async (
  base: Ground,
  anomaly: AnomalySeen,
  tables: readonly string[],
  { tries, broken }: { tries: number; broken: boolean },
): Promise<Counts> => {
  const ground = await prepare(base, anomaly)
  const requests = both(anomaly)
  const same = JSON.stringify(requests.A) === JSON.stringify(requests.B)
  const serial = await learnSerial(ground, requests, same)
  if ('unstable' in serial) throw new Error(serial.unstable)
  const alone = async (actor: Actor) =>
    (await profile(ground.lab, requests[actor], ground.controlled, ground))?.statements ?? []
  const schedules = broken
    ? [anomaly.played.schedule]
    : schedulesFor(await alone('A'), await alone('B'), tables, same)
  return {
    parallel: await count(ground, serial, parallel(requests), tries),
    lastByte: await count(ground, serial, lastByte(requests), tries),
    forced: await forcedCount(ground, serial, anomaly, schedules, tries),
  }
}

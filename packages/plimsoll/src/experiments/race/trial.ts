import type { RequestOptions } from '../../lab/lab.ts'
import type { Ground } from '../../lab/operations/ground.ts'
import { settle } from '../../lab/operations/settle.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Actor } from '../../model/schedule.ts'
import type { Reference } from './outcome.ts'
import { type Left, learnFrom, type Serial, type SerialRun } from './serial.ts'

export { accepts, type Serial, TURN_OFF } from './serial.ts'
export type { Ground }

export type Requests = Record<Actor, RequestOptions>

/** Sends one request and waits until the store has nothing to do any more. */
export const send = async (
  { lab, controlled, background, signal }: Ground,
  request: RequestOptions,
): Promise<Exchange> => {
  const exchange = await lab.http.request({ bodyLimit: 16_384, ...request, signal })
  await settle(lab, controlled.wire, background, 20)
  return exchange
}

type Order = { order: Reference['order']; actors: readonly Actor[] }
type Pace = { skip: number; paceMs: number }

/** What is different from the checkpoint now. */
export const leftBy = async ({ controlled }: Ground, answers: Left['answers']): Promise<Left> => ({
  answers,
  changes: await controlled.checkpoint.changes(),
  atEpochMs: Date.now(),
})

/** One order, one after the other, from the checkpoint; null when the store could not be put back. */
const runOrder = async (
  ground: Ground,
  requests: Requests,
  { order, actors }: Order,
  { skip, paceMs }: Pace,
): Promise<SerialRun | null> => {
  if (!(await ground.controlled.checkpoint.restore({ skip }))) return null
  const answers: Left['answers'] = {}
  for (const actor of actors) {
    answers[actor] = await send(ground, requests[actor])
    if (paceMs > 0) await ground.lab.sleep(paceMs / actors.length)
  }
  return { order, ...(await leftBy(ground, answers)) }
}

const ORDERS: readonly Order[] = [
  { order: 'A, then B', actors: ['A', 'B'] },
  { order: 'B, then A', actors: ['B', 'A'] },
  { order: 'A alone', actors: ['A'] },
  { order: 'B alone', actors: ['B'] },
]

const NOT_PUT_BACK = { unstable: 'the data could not be put back: a transaction stays open' }

const runOrders = async (
  ground: Ground,
  requests: Requests,
  same: boolean,
  paces: readonly Pace[],
): Promise<SerialRun[] | null> => {
  const orders = same ? ORDERS.filter(({ order }) => order === 'A, then B' || order === 'A alone') : ORDERS
  const runs: SerialRun[] = []
  for (const order of orders) {
    for (const pace of paces) {
      const run = ground.signal.aborted ? null : await runOrder(ground, requests, order, pace)
      if (run === null) return null
      runs.push(run)
    }
  }
  return runs
}

/**
 * What the two requests come to one after the other, in each order, and alone. Every order runs twice with counters
 * moved on between, so that clocks, counters and chance are told from what counts.
 */
export const learnSerial = async (
  ground: Ground,
  requests: Requests,
  same: boolean,
): Promise<Serial | { unstable: string }> => {
  const paces = [0, 7].map((skip) => ({ skip, paceMs: 0 }))
  const runs = await runOrders(ground, requests, same, paces)
  return runs === null ? NOT_PUT_BACK : learnFrom(runs, same, ground.ambient)
}

/** Clocks of whole seconds have moved on by then. */
const LEAST_MS = 1_100
const MOST_MS = 10_000

/**
 * Learns once more, after what no order explained, as slowly as that went: what depends on the time that passed, on
 * jobs that run by themselves or on what the app remembers shows now in one order alone.
 */
export const relearnSerial = async (
  ground: Ground,
  requests: Requests,
  { serial, same, tookMs }: { serial: Serial; same: boolean; tookMs: number },
): Promise<Serial | { unstable: string }> => {
  const paceMs = Math.min(MOST_MS, Math.max(LEAST_MS, tookMs))
  const runs = await runOrders(ground, requests, same, [{ skip: 3, paceMs }])
  return runs === null ? NOT_PUT_BACK : learnFrom([...serial.runs, ...runs], same, ground.ambient)
}

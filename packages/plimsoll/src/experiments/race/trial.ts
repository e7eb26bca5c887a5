import type { Lab, RequestOptions } from '../../lab/lab.ts'
import type { ControlledStore } from '../../lab/operations/controlled-store.ts'
import { canonical, learnMask, type Mask } from '../../lab/operations/mask.ts'
import { settle } from '../../lab/operations/settle.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Actor } from '../../model/schedule.ts'
import type { Changes, Outcome, Reference } from './outcome.ts'

/** Where trials start from: a lab, its store with a checkpoint, what comes without any request. */
export type Ground = {
  lab: Lab
  controlled: ControlledStore
  background: ReadonlySet<string>
  signal: AbortSignal
}

export type Requests = Record<Actor, RequestOptions>

export const accepts = (exchange: Exchange | null) =>
  exchange?.status !== null && exchange?.status !== undefined && exchange.status < 400

const statusOf = (exchange: Exchange | null | undefined) => exchange?.status ?? null

/** Sends one request and waits until the store has nothing to do any more. */
export const send = async (
  { lab, controlled, background, signal }: Ground,
  request: RequestOptions,
): Promise<Exchange> => {
  const exchange = await lab.http.request({ bodyLimit: 16_384, ...request, signal })
  await settle(lab, controlled.wire, background, 20)
  return exchange
}

type Raw = { order: Reference['order']; answers: Partial<Record<Actor, Exchange>>; changes: Changes }

const SKIPS = [0, 7]

/** One order, one after the other, from the checkpoint; null when the store could not be put back. */
const runOrder = async (
  ground: Ground,
  requests: Requests,
  order: Reference['order'],
  actors: readonly Actor[],
  skip: number,
): Promise<Raw | null> => {
  if (!(await ground.controlled.checkpoint.restore({ skip }))) return null
  const answers: Raw['answers'] = {}
  for (const actor of actors) answers[actor] = await send(ground, requests[actor])
  return { order, answers, changes: await ground.controlled.checkpoint.changes() }
}

export type Serial = {
  references: Reference[]
  mask: Mask
  /** tables that some order changes; others do not count */
  tables: ReadonlySet<string>
}

const ORDERS: readonly (readonly [Reference['order'], readonly Actor[]])[] = [
  ['A, then B', ['A', 'B']],
  ['B, then A', ['B', 'A']],
  ['A alone', ['A']],
  ['B alone', ['B']],
]

const NEITHER: Reference = {
  order: 'neither',
  accepted: { A: false, B: false },
  statuses: { A: null, B: null },
  changes: {},
}

const referenceOf = (raw: Raw, mask: Mask, nowEpochMs: number): Reference => ({
  order: raw.order,
  accepted: { A: accepts(raw.answers.A ?? null), B: accepts(raw.answers.B ?? null) },
  statuses: { A: statusOf(raw.answers.A), B: statusOf(raw.answers.B) },
  changes: canonical(raw.changes, mask, { nowEpochMs }),
})

const agree = (runs: readonly Raw[]) =>
  new Set(runs.map(({ answers }) => `${accepts(answers.A ?? null)} ${accepts(answers.B ?? null)}`)).size === 1

/**
 * What the two requests come to one after the other, in each order, and alone. Every order runs twice with counters
 * moved on between, so that clocks, counters and chance are told from what counts.
 */
export const learnSerial = async (
  ground: Ground,
  requests: Requests,
  same: boolean,
): Promise<Serial | { unstable: string }> => {
  const nowEpochMs = Date.now()
  const mask = new Set<string>()
  const firsts: Raw[] = []
  const orders = same ? ORDERS.filter(([order]) => order === 'A, then B' || order === 'A alone') : ORDERS
  for (const [order, actors] of orders) {
    const runs: Raw[] = []
    for (const skip of SKIPS) {
      const run = await runOrder(ground, requests, order, actors, skip)
      if (run === null) return { unstable: 'the data could not be put back: a transaction stays open' }
      runs.push(run)
    }
    if (!agree(runs))
      return { unstable: 'one after the other, the same requests do not always get the same answers' }
    for (const column of learnMask(runs.map(({ changes }) => changes))) mask.add(column)
    firsts.push(...runs.slice(0, 1))
    const mirrored = same ? runs.slice(0, 1).map(mirror) : []
    firsts.push(...mirrored)
  }
  const references = [...firsts.map((raw) => referenceOf(raw, mask, nowEpochMs)), NEITHER]
  return { references, mask, tables: new Set(references.flatMap(({ changes }) => Object.keys(changes))) }
}

/** Two equal requests: the other order is this one with the names exchanged. */
const mirror = ({ order, answers, changes }: Raw): Raw => ({
  order: order === 'A alone' ? 'B alone' : 'B, then A',
  answers: { ...(answers.B && { A: answers.B }), ...(answers.A && { B: answers.A }) },
  changes,
})

/** What a forced or chance interleaving came to, in the terms of the references. */
export const outcomeOf = async (
  { controlled }: Ground,
  answers: Record<Actor, Exchange | null>,
  { mask, tables }: Serial,
): Promise<Outcome> => ({
  accepted: { A: accepts(answers.A), B: accepts(answers.B) },
  statuses: { A: statusOf(answers.A), B: statusOf(answers.B) },
  changes: canonical(await controlled.checkpoint.changes(), mask, { nowEpochMs: Date.now(), only: tables }),
})

import { canonical, learnMask, type Mask } from '../../lab/operations/mask.ts'
import type { Exchange } from '../../model/evidence.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import type { Actor } from '../../model/schedule.ts'
import type { Changes, Outcome, Reference } from './outcome.ts'

type Answers = Partial<Record<Actor, Exchange | null>>

/** What two requests left, as it was seen. */
export type Left = { answers: Answers; changes: Changes; atEpochMs: number }

/** One order of the two, one after the other. */
export type SerialRun = Left & { order: Reference['order'] }

export type Serial = {
  runs: readonly SerialRun[]
  references: Reference[]
  mask: Mask
  /** tables that some order changes, and always to the same; others do not count */
  tables: ReadonlySet<string>
  /** tables in which the same order does not always leave the same, also with chance masked */
  unsteady: ReadonlySet<string>
}

export const TURN_OFF = 'Turn it off for the lab, through "env" in plimsoll.config.json'

const NEITHER: Reference = {
  order: 'neither',
  accepted: { A: false, B: false },
  statuses: { A: null, B: null },
  changes: {},
}

export const accepts = (exchange: Exchange | null | undefined) =>
  exchange?.status !== null && exchange?.status !== undefined && exchange.status < 400

/** In the terms of the references: chance masked, tables left out that do not count. */
export const outcomeFrom = (
  { answers, changes, atEpochMs }: Left,
  { mask, tables }: Pick<Serial, 'mask'> & { tables?: ReadonlySet<string> },
): Outcome => ({
  accepted: { A: accepts(answers.A), B: accepts(answers.B) },
  statuses: { A: answers.A?.status ?? null, B: answers.B?.status ?? null },
  changes: canonical(changes, mask, { nowEpochMs: atEpochMs, ...(tables && { only: tables }) }),
})

/** Two equal requests: the other order is this one with the names exchanged. */
const mirror = (one: SerialRun): SerialRun => ({
  ...one,
  order: one.order === 'A alone' ? 'B alone' : 'B, then A',
  answers: { ...(one.answers.B && { A: one.answers.B }), ...(one.answers.A && { B: one.answers.A }) },
})

const byOrder = (runs: readonly SerialRun[]): SerialRun[][] =>
  [...new Set(runs.map(({ order }) => order))].map((order) => runs.filter((run) => run.order === order))

const agree = (runs: readonly SerialRun[]) =>
  new Set(runs.map(({ answers }) => `${accepts(answers.A)} ${accepts(answers.B)}`)).size === 1

const unsteadyTables = (runs: readonly SerialRun[], mask: Mask): string[] => {
  const [first, ...others] = runs.map((run) => outcomeFrom(run, { mask }).changes)
  return others.flatMap((other) =>
    Object.keys({ ...first, ...other }).filter(
      (table) => JSON.stringify(first?.[table]) !== JSON.stringify(other[table]),
    ),
  )
}

/**
 * What each order comes to, from several runs of each: what differs between runs of one order is chance, a clock, a
 * counter or work of others.
 * @param same the two requests are equal: an order stands for its mirror, too
 * @param ambient tables that any request writes to
 */
export const learnFrom = (
  runs: readonly SerialRun[],
  same: boolean,
  ambient: ReadonlySet<string> = new Set(),
): Serial | { unstable: string } => {
  const orders = byOrder(runs)
  const answers = runs.flatMap(({ answers: { A, B } }) => [A, B])
  if (answers.some((one) => one && isRateLimited(one))) return { unstable: RATE_LIMITED }
  if (!orders.every(agree))
    return {
      unstable: `one after the other, the same requests do not always get the same answers: a cache or a list in the app's memory outlives what the lab puts back in the store. ${TURN_OFF}`,
    }
  const mask = new Set(orders.flatMap((each) => [...learnMask(each.map(({ changes }) => changes))]))
  const unsteady = new Set(orders.flatMap((each) => unsteadyTables(each, mask)))
  const firsts = orders.flatMap((each) => each.slice(0, 1))
  const changed = firsts.flatMap((run) => Object.keys(outcomeFrom(run, { mask }).changes))
  const tables = new Set(changed.filter((table) => !unsteady.has(table) && !ambient.has(table)))
  const references = [...firsts, ...(same ? firsts.map(mirror) : [])].map((run) => ({
    order: run.order,
    ...outcomeFrom(run, { mask, tables }),
  }))
  return { runs, references: [...references, NEITHER], mask, tables, unsteady }
}

import type { Actor, Point, Schedule, Turn } from '../../model/schedule.ts'
import type { Footprint } from './conflicts.ts'

const MOST = 5

/** Places before a write or commit that follow a read of these tables: here the partner must come between. */
export const pointsIn = (statements: Footprint, tables: readonly string[]): Point[] => {
  const points: Point[] = []
  const count = { write: 0, commit: 0 }
  let hasRead = false
  for (const { facts } of statements) {
    if (facts.kind === 'write' || facts.kind === 'commit') {
      count[facts.kind] += 1
      if (hasRead) points.push({ before: facts.kind, nth: count[facts.kind] })
    }
    hasRead ||= facts.reads.some(({ table }) => tables.includes(table))
  }
  return points
}

const until = (actor: Actor, point: Point | 'end'): Turn => ({ actor, until: point })
const other = (actor: Actor): Actor => (actor === 'A' ? 'B' : 'A')

/** One runs whole while the other one stands before its write. */
const within = (actor: Actor, point: Point): Schedule => ({
  turns: [until(actor, point), until(other(actor), 'end'), until(actor, 'end')],
})

/** Both have read before either writes, and the one that came first writes first. */
const crossed = (a: Point, b: Point): Schedule => ({
  turns: [until('A', a), until('B', b), until('A', 'end'), until('B', 'end')],
})

/**
 * Orders worth forcing, the likeliest to show first: two requests and at most two preemptions are enough for every
 * anomaly between two of them.
 * @param same both requests do the same: the roles need not be exchanged
 */
export const schedulesFor = (
  a: Footprint,
  b: Footprint,
  tables: readonly string[],
  same: boolean,
): Schedule[] => {
  const ofA = pointsIn(a, tables)
  const ofB = pointsIn(b, tables)
  const [firstA] = ofA
  const [firstB] = ofB
  const schedules = [
    ...(firstA ? [within('A', firstA)] : []),
    ...(firstB && !same ? [within('B', firstB)] : []),
    ...(firstA && firstB ? [crossed(firstA, firstB)] : []),
    ...ofA.slice(1).map((point) => within('A', point)),
    ...(same ? [] : ofB.slice(1).map((point) => within('B', point))),
  ]
  return schedules.slice(0, same ? MOST : MOST + 2)
}

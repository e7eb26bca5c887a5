import type { Exchange, StatementRecord } from '../../model/evidence.ts'
import type { Actor } from '../../model/schedule.ts'

/** Statements that the app sent in one piece, kept back. */
export type Held = {
  unit: readonly StatementRecord[]
  /** at its point; else only because it is not its request's turn */
  atPoint: boolean
  release(): void
}

/** One request on its way: what it has asked of the store, and what of it is kept back. */
export type Lane = {
  actor: Actor
  sent: boolean
  answered: boolean
  /** null while there is none */
  answer: Exchange | null
  /** let through, oldest first; live records */
  passed: StatementRecord[]
  /** kept back, oldest first */
  held: Held[]
  /** how many times something was heard of it: a statement, an answer */
  heard: number
}

export const openLane = (actor: Actor): Lane => ({
  actor,
  sent: false,
  answered: false,
  answer: null,
  passed: [],
  held: [],
  heard: 0,
})

export const isUnderWay = (lane: Lane): boolean => lane.sent && !lane.answered

/** Statements that the store works on: let through, without an answer. */
export const atStore = (lane: Lane, open: ReadonlySet<number>): StatementRecord[] =>
  lane.passed.filter(({ durationMs, connection }) => durationMs === null && open.has(connection))

/** Of these, what the store will answer by itself: a statement behind which another one is held may wait for that. */
export const answerable = (lane: Lane, open: ReadonlySet<number>): StatementRecord[] => {
  const stuck = new Set(lane.held.flatMap(({ unit }) => unit.map(({ connection }) => connection)))
  return atStore(lane, open).filter(({ connection }) => !stuck.has(connection))
}

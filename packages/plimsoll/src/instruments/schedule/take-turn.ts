import type { StatementRecord } from '../../model/evidence.ts'
import type { Turn } from '../../model/schedule.ts'
import { answerable, atStore, type Lane } from './lane.ts'
import type { PlayOptions } from './options.ts'
import { createQuiet } from './quiet.ts'
import type { Stage } from './stage.ts'
import { waitsFor } from './waits-for.ts'

const POLL_MS = 10
/** What the store answers sooner waits for nobody. */
const LOOK_AFTER_MS = 20
/** Sent and not asked to be answered yet: the store has done it by then. */
const SETTLE_MS = 30

export const SILENT_MS = 400
export const TURN_MS = 8_000

export type TurnEnd =
  /** it stands at the point, or has its answer, or the play was stopped */
  | { end: 'stands' | 'answered' | 'stopped' }
  /** the store keeps it waiting for the other one */
  | { end: 'blocked'; statement: StatementRecord }
  /** the same, but the other one has its answer already and will not go on */
  | { end: 'abandoned'; statement: StatementRecord }
  /** neither it nor the store does anything */
  | { end: 'silent' }
  | { end: 'late' }

/** Connections on which the other request has something open, or which are its own alone. */
const connectionsOf = (lane: Lane, other: Lane): Set<number> => {
  const last = new Map<number, StatementRecord>()
  for (const record of [...lane.passed, ...lane.held.flatMap(({ unit }) => unit)])
    last.set(record.connection, record)
  const shared = new Set(other.passed.map(({ connection }) => connection))
  const own = [...last.values()].filter(({ connection, transaction }) => {
    return transaction !== 'I' || !shared.has(connection)
  })
  return new Set(own.map(({ connection }) => connection))
}

/** Lets one request run alone, and says how that ended. Never throws. */
export const takeTurn = async (
  stage: Stage,
  { actor, until }: Turn,
  options: PlayOptions,
): Promise<TurnEnd> => {
  const lane = stage.lanes[actor]
  const other = stage.otherOf(lane)
  const silentMs = Math.max(options.silentMs ?? SILENT_MS, 3 * (options.gapMs ?? 0))
  const { waiting, turnMs = TURN_MS, signal } = options
  const startMs = options.nowMs()
  const quiet = createQuiet(options.nowMs, 2 * POLL_MS)

  const isBlocked = async (statements: readonly StatementRecord[]) => {
    if (!waiting) return other.held.length > 0 && quiet.ms() >= silentMs
    const mine = statements.map(({ connection }) => connection)
    const theirs = [...connectionsOf(other, lane)].filter((connection) => !mine.includes(connection))
    const waits = await waiting().catch(() => [])
    // While we asked, the store may have answered.
    const isStill = statements.some(({ durationMs }) => durationMs === null)
    return isStill && waitsFor(waits, stage.sessionsOf(mine), stage.sessionsOf(theirs))
  }

  /** A wait for one who moves is over soon; for one who stands it lasts. */
  const lasts = () => other.held.length > 0 || quiet.ms() >= silentMs

  const look = async (): Promise<TurnEnd | null> => {
    if (signal.aborted) return { end: 'stopped' }
    const open = stage.open()
    const [statement, ...more] = answerable(lane, open)
    const isSettled = atStore(lane, open).length === 0 || quiet.ms() >= SETTLE_MS
    if (lane.answered && (!statement || quiet.ms() >= silentMs)) return { end: 'answered' }
    if (!statement) {
      if (lane.held.length > 0) return isSettled ? { end: 'stands' } : null
      return other.sent && !other.answered && quiet.ms() >= silentMs ? { end: 'silent' } : null
    }
    if (quiet.ms() < LOOK_AFTER_MS || !lasts() || !(await isBlocked([statement, ...more]))) return null
    if (other.answered) return { end: 'abandoned', statement }
    stage.steps.blocked(actor, statement)
    return { end: 'blocked', statement }
  }

  stage.run(lane, until)
  for (;;) {
    const end = await look()
    if (end) return end
    if (options.nowMs() - startMs >= turnMs) return { end: 'late' }
    await stage.changed(POLL_MS)
    quiet.hear(`${lane.heard} ${lane.passed.filter((one) => one.durationMs === null).length}`)
  }
}

import type { Actor, Played, Schedule, Turn } from '../../model/schedule.ts'
import { isUnderWay } from './lane.ts'
import type { PlayOptions, PlayResult } from './options.ts'
import { nameTurnEnd } from './point.ts'
import { openStage, type Stage } from './stage.ts'
import { TURN_MS, type TurnEnd, takeTurn } from './take-turn.ts'
import { waitForAnswers } from './wait-for-answers.ts'

export type { PlayOptions, PlayResult } from './options.ts'
export { playQueued } from './play-queued.ts'

type Said = Pick<Played, 'outcome' | 'reason'>

const OTHER: Readonly<Record<Actor, Actor>> = { A: 'B', B: 'A' }

const brief = (sql: string) => (sql.length > 90 ? `${sql.slice(0, 89)}…` : sql)

/** What a turn's end says of the whole play; null when it went as ordered. */
const sayOf = (end: TurnEnd, { actor, until }: Turn, turnMs: number): Said | null => {
  const other = OTHER[actor]
  switch (end.end) {
    case 'blocked':
      return {
        outcome: 'guarded',
        reason: `${actor} waits in the store for ${other}: ${brief(end.statement.sql)}`,
      }
    case 'abandoned':
      return {
        outcome: 'unschedulable',
        reason: `${other} has its answer and leaves a transaction open, for which ${actor} waits: ${brief(end.statement.sql)}`,
      }
    case 'silent':
      return {
        outcome: 'unschedulable',
        reason: `${actor} sends nothing while ${other} is held: the app lets them in one after another (a lock in the process, or a pool of one connection)`,
      }
    case 'late':
      return {
        outcome: 'unschedulable',
        reason: `${actor} did not come to ${nameTurnEnd(until)} within ${Math.round(turnMs / 1000)} s`,
      }
    case 'stopped':
      return { outcome: 'unschedulable', reason: 'the play was stopped before its end' }
    case 'answered':
      return until === 'end'
        ? null
        : { outcome: 'played', reason: `${actor} has its answer without coming to ${nameTurnEnd(until)}` }
    case 'stands':
      return null
  }
}

/** The worst that was said first. */
const worse = (one: Said, other: Said): Said => {
  const weight = { played: 0, guarded: 1, unschedulable: 2 } as const
  if (weight[other.outcome] !== weight[one.outcome])
    return weight[other.outcome] > weight[one.outcome] ? other : one
  return one.reason === '' ? other : one
}

/** Brings requests that are still on their way to their answers, one after the other, until both wait for each other. */
const finish = async (stage: Stage, first: Actor, options: PlayOptions): Promise<void> => {
  let next = first
  for (let stuck = 0; stuck < 2; ) {
    const [lane] = [stage.lanes[next], stage.lanes[OTHER[next]]].filter(isUnderWay)
    if (!lane) return
    const { end } = await takeTurn(stage, { actor: lane.actor, until: 'end' }, options)
    if (end !== 'answered' && end !== 'blocked') return
    stuck = end === 'blocked' ? stuck + 1 : 0
    next = OTHER[lane.actor]
  }
}

/**
 * Plays two requests in the order of the schedule, one at a time; what is kept back at the wire goes on in the end,
 * and both are brought to their answers.
 *
 * **Contract:** never throws; whatever happens, no gate and no held statement is left behind.
 */
export const play = async (schedule: Schedule, options: PlayOptions): Promise<PlayResult> => {
  const { turnMs = TURN_MS } = options
  const stage = openStage(options)
  let said: Said = { outcome: 'played', reason: '' }
  try {
    let next: Actor = 'A'
    for (const turn of schedule.turns) {
      const end = await takeTurn(stage, turn, options)
      said = worse(said, sayOf(end, turn, turnMs) ?? said)
      next = end.end === 'blocked' ? OTHER[turn.actor] : 'A'
      if (said.outcome === 'unschedulable') break
    }
    if (said.outcome !== 'unschedulable') await finish(stage, next, options)
    stage.free()
    await waitForAnswers(stage, options, turnMs)
  } finally {
    stage.close()
  }
  const { A, B } = stage.lanes
  return {
    played: { schedule, steps: stage.steps.all(), ...said },
    answers: { A: A.answer, B: B.answer },
  }
}

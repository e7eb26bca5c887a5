import type { Schedule } from '../../model/schedule.ts'
import { isUnderWay } from './lane.ts'
import type { PlayOptions, PlayResult } from './options.ts'
import { openStage } from './stage.ts'
import { SILENT_MS, TURN_MS, takeTurn } from './take-turn.ts'
import { waitForAnswers } from './wait-for-answers.ts'

const SCHEDULE: Schedule = {
  turns: [
    { actor: 'A', until: { before: 'statement', nth: 1 } },
    { actor: 'B', until: { before: 'statement', nth: 1 } },
    { actor: 'A', until: 'end' },
    { actor: 'B', until: 'end' },
  ],
}

/**
 * For apps that let requests queue for one connection: keeps A's first statement back until B has come and waits,
 * then lets both run. Where the queue gives the connection to whoever came first, their statements take turns.
 *
 * **Contract:** as `play`. The outcome is `played` when B's statements began before A's ended.
 */
export const playQueued = async (options: PlayOptions): Promise<PlayResult> => {
  const { silentMs = SILENT_MS, turnMs = TURN_MS } = options
  const stage = openStage(options)
  const { A, B } = stage.lanes
  try {
    for (const turn of SCHEDULE.turns.slice(0, 2))
      await takeTurn(stage, turn, { ...options, silentMs: silentMs / 2 })
    stage.free()
    await waitForAnswers(stage, options, turnMs)
  } finally {
    stage.close()
  }
  const steps = stage.steps.all()
  const atStore = steps.filter(({ what }) => what === 'statement' || what === 'released')
  const firstOfB = atStore.findIndex(({ actor }) => actor === 'B')
  const lastOfA = atStore.findLastIndex(({ actor }) => actor === 'A')
  const mixed = firstOfB !== -1 && firstOfB < lastOfA
  const unfinished = [A, B].some((lane) => !lane.sent || isUnderWay(lane))
  const reason = unfinished
    ? 'not both requests came to their answers'
    : mixed
      ? ''
      : 'both requests waited for one connection, and went one after the other'
  return {
    played: { schedule: SCHEDULE, steps, outcome: reason === '' ? 'played' : 'unschedulable', reason },
    answers: { A: A.answer, B: B.answer },
  }
}

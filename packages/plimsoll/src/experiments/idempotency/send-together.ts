import type { RequestOptions } from '../../lab/lab.ts'
import { type Ground, putBack } from '../../lab/operations/ground.ts'
import { type Interleaved, interleave, interleaveQueued } from '../../lab/operations/interleave.ts'
import type { ProfiledStatement } from '../../lab/operations/profile.ts'
import type { Point, Schedule } from '../../model/schedule.ts'
import { countedOf, totalOf } from './effects.ts'
import type { References } from './keyed-row.ts'
import type { Together } from './seen.ts'
import { cutBody } from './send-step.ts'
import { carrying, type KeyedOperation, newKey } from './use-key.ts'

const countKind = (statements: readonly ProfiledStatement[], kind: string) =>
  statements.filter(({ facts }) => facts.kind === kind).length

/** The first request is held before its first write, before its last, and before its commit, while the second runs. */
const schedulesFor = (statements: readonly ProfiledStatement[]): Schedule[] => {
  const writes = countKind(statements, 'write')
  const commits = countKind(statements, 'commit')
  const points: Point[] = [
    { before: 'write', nth: 1 },
    ...(writes > 1 ? [{ before: 'write' as const, nth: writes }] : []),
    ...(commits > 0 ? [{ before: 'commit' as const, nth: commits }] : []),
  ]
  return points.map((until) => ({
    turns: [
      { actor: 'A', until },
      { actor: 'B', until: 'end' },
      { actor: 'A', until: 'end' },
    ],
  }))
}

type Play = (request: RequestOptions) => Promise<Interleaved>

const playOne = async (
  ground: Ground,
  operation: KeyedOperation,
  { once, twice, lens }: References,
  play: Play,
): Promise<Together | null> => {
  if (ground.signal.aborted || !(await putBack(ground))) return null
  const { played, answers } = await play(carrying(operation, newKey(ground)))
  const got = countedOf(ground, await ground.controlled.checkpoint.changes(), lens)
  return {
    played,
    answers: [answers.A, answers.B].flatMap((answer) => (answer === null ? [] : [cutBody(answer)])),
    ...totalOf(got, once, twice),
  }
}

/**
 * The same request with the same key twice at once, in the orders that matter; where the app lets one at a time to the
 * store, both in its queue. Ends with the first second effect.
 */
export const sendTogether = async (
  ground: Ground,
  operation: KeyedOperation,
  references: References,
): Promise<Together[]> => {
  const { lab, controlled, background, signal } = ground
  const { statements } = references.alone
  const options = { background, signal, gapMs: Math.max(0, ...statements.map(({ gapMs }) => gapMs)) }
  const plays: Play[] = schedulesFor(statements).map(
    (schedule) => (request) => interleave(lab, controlled, { A: request, B: request }, schedule, options),
  )
  const queued: Play = (request) =>
    interleaveQueued(lab, controlled, { A: request, B: request }, { background, signal })
  const found: Together[] = []
  for (let play = plays.shift(); play !== undefined; play = plays.shift()) {
    const one = await playOne(ground, operation, references, play)
    if (one === null) break
    found.push(one)
    if (one.outcome === 'more') break
    if (one.played.outcome === 'unschedulable' && play !== queued) plays.splice(0, plays.length, queued)
  }
  return found
}

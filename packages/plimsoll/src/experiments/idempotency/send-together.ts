import { type Ground, putBack } from '../../lab/operations/ground.ts'
import { interleave } from '../../lab/operations/interleave.ts'
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

/** The same request with the same key twice at once, in the orders that matter. Ends with the first second effect. */
export const sendTogether = async (
  ground: Ground,
  operation: KeyedOperation,
  { once, twice, lens, alone }: References,
): Promise<Together[]> => {
  const { lab, controlled, background, signal } = ground
  const gapMs = Math.max(0, ...alone.statements.map((statement) => statement.gapMs))
  const found: Together[] = []
  for (const schedule of schedulesFor(alone.statements)) {
    if (signal.aborted || !(await putBack(ground))) break
    const request = carrying(operation, newKey(ground))
    const { played, answers } = await interleave(lab, controlled, { A: request, B: request }, schedule, {
      ...{ background, gapMs, signal },
    })
    const got = countedOf(ground, await controlled.checkpoint.changes(), lens)
    const one = {
      played,
      answers: [answers.A, answers.B].flatMap((answer) => (answer === null ? [] : [cutBody(answer)])),
      ...totalOf(got, once, twice),
    }
    found.push(one)
    if (one.outcome === 'more') break
  }
  return found
}

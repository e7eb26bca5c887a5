import type { Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { isDefect } from '../judge/tally.ts'
import type { Change } from './fix.ts'

const changeOf = (
  id: string,
  title: string,
  before: Verdict['status'],
  after: Verdict['status'],
): Change => ({
  ...{ id, title, before, after },
})

/** What was hidden behind another finding of the same probe was there before: a process that died shows nothing else. */
const wasHidden = (verdict: Verdict, before: readonly Verdict[]) =>
  before.some(
    ({ probe, status }) => probe === verdict.probe && status !== 'proven' && status !== 'not-applicable',
  )

export type Compared = {
  better: Change[]
  worse: Change[]
  /** proven before, and neither proven nor refuted now: to be looked at again */
  doubtful: Verdict[]
}

/** What became of each subject of a Run in another one of the same probes and seeds. */
export const compareVerdicts = (before: Pick<Run, 'verdicts'>, after: Pick<Run, 'verdicts'>): Compared => {
  const earlier = new Map(before.verdicts.map((verdict) => [verdict.id, verdict]))
  const compared: Compared = { better: [], worse: [], doubtful: [] }
  for (const now of after.verdicts) {
    const then = earlier.get(now.id)
    if (then === undefined) {
      if (isDefect(now) && !wasHidden(now, before.verdicts))
        compared.worse.push(changeOf(now.id, now.title, 'not-applicable', now.status))
    } else if (then.status === 'refuted' && now.status === 'proven')
      compared.better.push(changeOf(now.id, then.title, then.status, now.status))
    else if (then.status === 'proven' && isDefect(now))
      compared.worse.push(changeOf(now.id, now.title, then.status, now.status))
    else if (then.status === 'proven' && (now.status === 'errored' || now.status === 'inconclusive'))
      compared.doubtful.push(then)
  }
  return compared
}

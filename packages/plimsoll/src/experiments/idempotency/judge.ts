import type { Standard } from '../../model/standard.ts'
import { inconclusive, type Judgement, notApplicable } from '../../model/verdict.ts'
import { judgeAgain } from './judge-again.ts'
import { judgeOtherAccount } from './judge-other-account.ts'
import { judgeOtherBody } from './judge-other-body.ts'
import { judgeRetry } from './judge-retry.ts'
import { judgeTogether } from './judge-together.ts'
import { judgeDoubled, judgeNatural } from './judge-twice.ts'
import type { Keyed, Seen } from './seen.ts'
import { subjectOf } from './subjects.ts'
import { isTaken } from './taken.ts'
import { describeKey } from './words.ts'

const judgeKeyed = (keyed: Keyed): Judgement[] => {
  if (keyed.reason !== '') {
    if (!keyed.key.sure) return []
    return [
      inconclusive({
        subject: subjectOf(keyed.route, 'again'),
        title: 'Its key could not be tried',
        detail: `${keyed.reason} · ${describeKey(keyed)}`,
        notCovered: [`repeats of ${keyed.route} with its key`],
      }),
    ]
  }
  if (!isTaken(keyed)) return []
  return [judgeAgain, judgeTogether, judgeRetry, judgeOtherBody, judgeOtherAccount].flatMap((part) =>
    part(keyed),
  )
}

/** One effect too many refutes, whatever the threshold of the standard says of several. */
export const judge = (seen: Seen, _standard: Standard): Judgement[] => {
  if (seen.reason !== '') {
    const title = 'Repeated requests could not be compared'
    const notCovered = ['repeated requests']
    return [inconclusive({ subject: 'repeated requests', title, detail: seen.reason, notCovered })]
  }
  const judged = [
    ...seen.keyed.flatMap(judgeKeyed),
    ...seen.natural.map(judgeNatural),
    ...judgeDoubled(seen.doubled),
  ]
  if (judged.length > 0) return judged
  return [
    notApplicable({
      subject: 'repeated requests',
      title: 'Nothing to repeat',
      detail:
        'no operation takes a key, no PUT or DELETE is known, and no route sounds like payments or orders',
    }),
  ]
}

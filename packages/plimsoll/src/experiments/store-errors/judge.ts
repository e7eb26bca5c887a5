import type { Standard } from '../../model/standard.ts'
import { inconclusive, type Judgement } from '../../model/verdict.ts'
import { judgeDrains, judgeProcess, judgeRecovery, judgeTransactions, judgeTries } from './judge-aftermath.ts'
import { judgeInternals, judgeStatus, judgeTime, judgeTruth } from './judge-answers.ts'
import { judgeRefill, judgeWaiting } from './judge-exhaustion.ts'
import type { Seen } from './seen.ts'
import { subjectOf } from './subjects.ts'

const untried = (seen: Seen): Judgement[] => {
  const [first] = seen.untried
  if (first === undefined) return []
  return [
    inconclusive({
      subject: subjectOf(seen.store, 'writes'),
      title: 'Not every write could be disturbed',
      detail: seen.untried.map(({ route, reason }) => `${route}: ${reason}`).join(' · '),
      notCovered: seen.untried.map(({ route }) => `errors of the database during ${route}`),
    }),
  ]
}

const undecided = ({ store, hits }: Seen): Judgement =>
  inconclusive({
    subject: subjectOf(store, 'errors'),
    title: 'No error could be given to the app',
    detail:
      hits.length === 0
        ? 'no request is known that reaches the database again and again'
        : 'the statements that were to fail did not come',
    notCovered: ['errors of the database'],
  })

export const judge = (seen: Seen, standard: Standard): Judgement[] => {
  const struck = { ...seen, hits: seen.hits.filter(({ struck }) => struck > 0) }
  const boundMs = standard.threshold.value * 1_000
  const judged = [
    ...judgeProcess(struck),
    ...judgeTransactions(struck),
    ...judgeDrains(struck),
    ...judgeTime(struck, boundMs),
    ...judgeTries(struck),
    ...judgeTruth(struck),
    ...judgeRecovery(struck),
    ...judgeWaiting(struck, boundMs),
    ...judgeRefill(struck),
    ...judgeInternals(struck),
    ...judgeStatus(struck),
    ...untried(struck),
  ]
  return judged.length > 0 ? judged : [undecided(seen)]
}

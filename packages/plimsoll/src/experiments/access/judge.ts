import { RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import { inconclusive, type Judgement, notApplicable } from '../../model/verdict.ts'
import type { Seen, Trial } from './seen.ts'
import { tell } from './tell.ts'
import { type Weighed, weigh } from './weigh.ts'

const WORST: readonly Weighed['say'][] = ['defect', 'suspicion', 'ask', 'unclear', 'open', 'refused']

const worstOf = (weighed: readonly Weighed[]): Weighed[] => {
  const operations = new Map<string, Weighed>()
  for (const one of weighed) {
    const { operation } = one.trial
    const other = operations.get(operation)
    if (other === undefined || WORST.indexOf(one.say) < WORST.indexOf(other.say))
      operations.set(operation, one)
  }
  return [...operations.values()]
}

const isLimited = ({ own, others }: Trial) => [own, ...others].some(({ limited }) => limited)

const tellLimited = ({ operation }: Trial): Judgement =>
  inconclusive({ subject: operation, title: 'Could not be tried', detail: RATE_LIMITED })

/** Why what was created says nothing of an operation. */
const unreached = ({ skipped }: Seen): string[] => skipped.map(({ operation, why }) => `${operation}: ${why}`)

export const judge = (seen: Seen): Judgement[] => {
  if (seen.reason !== '')
    return [
      notApplicable({ subject: 'accounts', title: 'Accounts could not be compared', detail: seen.reason }),
    ]
  const weighed = seen.trials.map((trial) => weigh(trial, seen))
  const told = worstOf(weighed).flatMap((one) => {
    if (one.say !== 'defect' && isLimited(one.trial)) return [tellLimited(one.trial)]
    const judgement = tell(one, weighed, seen)
    return judgement === null ? [] : [judgement]
  })
  const notCovered = unreached(seen)
  if (told.length > 0) return told.map((one, index) => (index === 0 ? { ...one, notCovered } : one))
  const detail = `${seen.trials.length} operations compared, none is given an object of one account`
  return [
    notApplicable({ subject: 'objects', title: 'No object belongs to one account', detail, notCovered }),
  ]
}

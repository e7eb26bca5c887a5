import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import { fails, isGood } from './answers.ts'
import { SET, TAKE_KEY } from './repairs.ts'
import type { Doubled, Natural, Step } from './seen.ts'
import { DOUBLE_SUBMIT, subjectOf } from './subjects.ts'
import { describeEffects, exchangeEvidence, originEvidence, rowsEvidence, statusOf } from './words.ts'

/** Rows that are only added, by an operation that is about another table, may be a journal under another name. */
const mayBeJournal = ({ writes }: Natural, { effects }: Step) =>
  effects.every(({ removed }) => removed === 0) &&
  writes.some((written) => !effects.some(({ table }) => table === written))

/** PUT and DELETE: what they leave does not depend on how often they come. */
export const judgeNatural = (natural: Natural): Judgement => {
  const { route, reason, first, second, origin } = natural
  const subject = subjectOf(route, 'repeated')
  if (first === null || second === null)
    return inconclusive({
      subject,
      title: 'It could not be repeated',
      detail: reason,
      notCovered: [`repeats of ${route}`],
    })
  if (isRateLimited(second.exchange))
    return inconclusive({ subject, title: 'It could not be repeated', detail: RATE_LIMITED })
  const statuses = `${statusOf(first.exchange)}, then ${statusOf(second.exchange)}`
  const evidence = [
    ...exchangeEvidence('The first request', first.exchange),
    ...exchangeEvidence('The repeat', second.exchange),
    ...rowsEvidence('What the repeat did', second.effects),
    ...originEvidence({ origin }),
  ]
  if (second.effects.length > 0) {
    return refuted({
      subject,
      title: 'Repeating it changes the data again',
      detail: `${describeEffects(second.effects)} by the repeat · ${statuses}`,
      severity: 'medium',
      tier: mayBeJournal(natural, second) ? 'suspicion' : 'defect',
      repairs: [SET],
      evidence,
    })
  }
  if (fails(second)) {
    return refuted({
      subject,
      title: 'Repeating it fails',
      detail: `${statuses} · the data stay as they are`,
      severity: 'low',
      repairs: ['Answer 2xx, or 404 where there is nothing left, when the work is done already.'],
      evidence,
    })
  }
  return proven({
    subject,
    title: 'Repeating it changes nothing more',
    detail: `${describeEffects(first.effects)} by the first, nothing by the repeat · ${statuses}`,
  })
}

const isTwice = ({ second }: Doubled) => isGood(second) && second.effects.length > 0

/** Without a key nobody can tell a second order from an impatient click: never more than a suspicion. */
export const judgeDoubled = (doubled: readonly Doubled[]): Judgement[] => {
  if (doubled.length === 0) return []
  const twice = doubled.filter(isTwice)
  const [first] = twice
  if (first === undefined) {
    return [
      proven({
        subject: DOUBLE_SUBMIT,
        title: 'A double submit has one effect',
        detail: doubled
          .map(({ route, second }) => `${route}: the second was answered ${statusOf(second.exchange)}`)
          .join(', '),
      }),
    ]
  }
  const effects = twice.map(({ route, second }) => `${route} (${describeEffects(second.effects)})`)
  return [
    refuted({
      subject: DOUBLE_SUBMIT,
      title: 'The same request sent twice has two effects, and no key can prevent it',
      detail: effects.join(', '),
      severity: 'medium',
      tier: 'suspicion',
      repairs: [TAKE_KEY],
      evidence: [
        ...exchangeEvidence('The first request', first.first.exchange),
        ...exchangeEvidence('The second request', first.second.exchange),
        ...rowsEvidence('What the second request did', first.second.effects),
      ],
    }),
  ]
}

import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import { evidence, fails, isGood, isSameAnswer } from './answers.ts'
import { KEEP_ANSWER, ONE_TRANSACTION } from './repairs.ts'
import type { Keyed, Step } from './seen.ts'
import { subjectOf } from './subjects.ts'
import { describeEffects, describeKey, severityOf, statusOf } from './words.ts'

const notCoveredBy = ({ route, otherBody, otherAccount }: Keyed): string[] => [
  'effects outside the store',
  'how long a key is kept',
  ...(otherBody === null ? [`another body with a used key: ${route}`] : []),
  ...(otherAccount === null ? [`another account with a used key: ${route}`] : []),
]

/** Rows added to some tables only, of those that a request of its own adds to, may be a journal of repeats. */
const mayBeJournal = ({ fresh }: Keyed, { effects }: Step) =>
  effects.every(({ removed }) => removed === 0) &&
  (fresh?.effects ?? []).some(({ table }) => !effects.some((effect) => effect.table === table))

/** The same key, the same body, one after the other. */
export const judgeAgain = (keyed: Keyed): Judgement[] => {
  const { once, replay, route } = keyed
  if (once === null || replay === null) return []
  const subject = subjectOf(route, 'again')
  const statuses = `${statusOf(once.exchange)}, then ${statusOf(replay.exchange)}`
  const detail = `${statuses} · ${describeKey(keyed)}`
  if (isRateLimited(once.exchange) || isRateLimited(replay.exchange))
    return [inconclusive({ subject, title: 'A repeat could not be seen', detail: RATE_LIMITED })]
  const shown = evidence(keyed, replay, 'The repeat')
  if (replay.effects.length > 0) {
    return [
      refuted({
        subject,
        title: 'A repeat with the same key has a second effect',
        detail: `${describeEffects(replay.effects)} by the repeat · ${detail}`,
        severity: severityOf(route, replay.effects),
        tier: mayBeJournal(keyed, replay) ? 'suspicion' : 'defect',
        repairs: [ONE_TRANSACTION, KEEP_ANSWER],
        evidence: shown,
      }),
    ]
  }
  if (fails(replay)) {
    return [
      refuted({
        subject,
        title: 'A repeat with the same key fails',
        detail,
        severity: 'medium',
        repairs: [KEEP_ANSWER],
        evidence: shown,
      }),
    ]
  }
  if (!isGood(replay)) {
    return [
      refuted({
        subject,
        title: 'A repeat with the same key is refused instead of answered',
        detail: `${detail} · no second effect, but a client that lost the answer never learns it`,
        severity: 'low',
        tier: 'advice',
        repairs: [KEEP_ANSWER],
        evidence: shown,
      }),
    ]
  }
  const same = isSameAnswer(once.exchange.body, replay.exchange.body) ? 'the same answer' : 'another answer'
  return [
    proven({
      subject,
      title: 'A repeat with the same key has no second effect',
      detail: `${describeEffects(once.effects)} by the first, nothing by the repeat · ${statuses}, ${same} · ${describeKey(keyed)}`,
      notCovered: notCoveredBy(keyed),
    }),
  ]
}

import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import { evidence, fails, isGood } from './answers.ts'
import { ONE_TRANSACTION } from './repairs.ts'
import type { Keyed } from './seen.ts'
import { subjectOf } from './subjects.ts'
import { describeEffects, statusOf } from './words.ts'

/** The same key for something else: refused, or a client's mistake goes unseen. */
export const judgeOtherBody = (keyed: Keyed): Judgement[] => {
  if (keyed.otherBody === null) return []
  const { step, fresh } = keyed.otherBody
  const subject = subjectOf(keyed.route, 'otherBody')
  const detail = `the other body with the same key was answered ${statusOf(step.exchange)}, with a key of its own ${statusOf(fresh.exchange)}`
  if (isRateLimited(step.exchange))
    return [inconclusive({ subject, title: 'Another body could not be tried', detail: RATE_LIMITED })]
  const shown = evidence(keyed, step, 'The same key, another body')
  const refusal = 'Keep a hash of the request with the key, and answer 422 when it does not match.'
  if (step.effects.length > 0) {
    return [
      refuted({
        subject,
        title: 'A key that was used has a second effect with another body',
        detail: `${describeEffects(step.effects)} · ${detail}`,
        severity: 'high',
        repairs: [refusal, ONE_TRANSACTION],
        evidence: shown,
      }),
    ]
  }
  if (isGood(step)) {
    if (fresh.effects.length === 0)
      return [inconclusive({ subject, title: 'Another body makes no difference to see', detail })]
    return [
      refuted({
        subject,
        title: 'Another body with a used key is answered as if it had been done',
        detail: `${detail}, and nothing was done`,
        severity: 'medium',
        repairs: [refusal],
        evidence: shown,
      }),
    ]
  }
  if (fails(step)) {
    return [
      refuted({
        subject,
        title: 'Another body with a used key fails',
        detail,
        severity: 'low',
        repairs: [refusal],
        evidence: shown,
      }),
    ]
  }
  return [proven({ subject, title: 'A used key is refused for another body', detail })]
}

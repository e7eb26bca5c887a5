import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import { evidence, isGood, isSameAnswer } from './answers.ts'
import { SCOPE_BY_ACCOUNT } from './repairs.ts'
import type { Keyed, Step } from './seen.ts'
import { subjectOf } from './subjects.ts'
import { describeEffects, describeKey, exchangeEvidence, statusOf } from './words.ts'

const LEAST_CANARY = 6

/** The answer of the first request, word for word, or with a value of its rows that no other answer has. */
const isAnswerOfFirst = (once: Step, step: Step, fresh: Step): boolean => {
  const [own, theirs, other] = [once, step, fresh].map(({ exchange }) => exchange.body.trim())
  if (own === undefined || theirs === undefined || other === undefined || own === '') return false
  if (isSameAnswer(own, theirs) && !isSameAnswer(own, other)) return true
  const canaries = once.effects
    .flatMap(({ rows }) => rows)
    .flatMap((row) => Object.values(row))
    .filter((value): value is string => (value?.length ?? 0) >= LEAST_CANARY)
  return canaries.some((value) => own.includes(value) && theirs.includes(value) && !other.includes(value))
}

/** The same key from another account: its own request, and never an answer that is not its own. */
export const judgeOtherAccount = (keyed: Keyed): Judgement[] => {
  const { once, otherAccount, route } = keyed
  if (otherAccount === null || once === null) return []
  const { step, fresh } = otherAccount
  const subject = subjectOf(route, 'otherAccount')
  const detail = `with the key of the first account ${statusOf(step.exchange)}, with one of its own ${statusOf(fresh.exchange)} · ${describeKey(keyed)}`
  if (isRateLimited(step.exchange))
    return [inconclusive({ subject, title: 'Another account could not be tried', detail: RATE_LIMITED })]
  const shown = [
    ...evidence(keyed, step, 'Another account, the same key'),
    ...exchangeEvidence('Another account, a key of its own', fresh.exchange),
  ]
  const said = { subject, repairs: [SCOPE_BY_ACCOUNT], evidence: shown }
  if (step.effects.length > 0) {
    const title = 'Another account may use the same key for its own request'
    return [proven({ subject, title, detail: `${describeEffects(step.effects)} · ${detail}` })]
  }
  if (isGood(step) && isAnswerOfFirst(once, step, fresh)) {
    const title = 'An account gets the answer of another one that used the same key'
    return [refuted({ ...said, title, detail: `${detail} · nothing was done for it`, severity: 'critical' })]
  }
  if (isGood(step) && fresh.effects.length > 0) {
    const title = 'A request is dropped because another account used the same key'
    return [refuted({ ...said, title, detail: `${detail} · nothing was done for it`, severity: 'high' })]
  }
  if (!isGood(step) && isGood(fresh)) {
    const title = 'An account cannot use a key that another one used'
    return [refuted({ ...said, title, detail, severity: 'medium' })]
  }
  return [inconclusive({ subject, title: 'Two accounts with one key could not be told apart', detail })]
}

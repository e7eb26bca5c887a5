import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import { KEEP_ANSWER, ONE_TRANSACTION, SCOPE_BY_ACCOUNT } from './repairs.ts'
import type { Keyed, Step } from './seen.ts'
import { subjectOf } from './subjects.ts'
import {
  describeEffects,
  describeKey,
  exchangeEvidence,
  originEvidence,
  rowsEvidence,
  severityOf,
  statusOf,
} from './words.ts'

const isGood = ({ exchange: { status } }: Step) => status !== null && status >= 200 && status < 300
const fails = ({ exchange: { status } }: Step) => status === null || status >= 500

const evidence = (keyed: Keyed, second: Step, title: string) => [
  ...exchangeEvidence('The first request', keyed.once?.exchange),
  ...exchangeEvidence(title, second.exchange),
  ...rowsEvidence(`What the second request did: ${title.toLowerCase()}`, second.effects),
  ...originEvidence(keyed),
]

const notCoveredBy = ({ route, otherBody, otherAccount }: Keyed): string[] => [
  'effects outside the store',
  'how long a key is kept',
  ...(otherBody === null ? [`another body with a used key: ${route}`] : []),
  ...(otherAccount === null ? [`another account with a used key: ${route}`] : []),
]

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, ordered(inner)])
}

/** A store may give the properties of an object back in another order. */
const isSameAnswer = (one: string, other: string): boolean => {
  if (one === other) return true
  try {
    return JSON.stringify(ordered(JSON.parse(one))) === JSON.stringify(ordered(JSON.parse(other)))
  } catch {
    return false
  }
}

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

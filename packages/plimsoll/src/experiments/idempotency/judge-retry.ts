import { formatCount } from '../../base/text/numbers.ts'
import type { Evidence } from '../../model/evidence.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import { LEASE, ONE_TRANSACTION } from './repairs.ts'
import type { Keyed, Retried } from './seen.ts'
import { subjectOf } from './subjects.ts'
import {
  describeKey,
  describeSurplus,
  exchangeEvidence,
  originEvidence,
  rowsEvidence,
  severityOf,
  statusOf,
} from './words.ts'

const IN_PROGRESS: ReadonlySet<number | null> = new Set([409, 423, 425])
const SAYS_LATER = /progress|processing|pending|in.?flight|try again|retry|locked|concurrent/i

const lastOf = ({ retries }: Retried) => retries.at(-1)

/** Refused to the end: because it is done already (then nothing is wrong), or because nobody ever ends it. */
const isStuck = (one: Retried): boolean => {
  const last = lastOf(one)
  if (last === undefined || !IN_PROGRESS.has(last.status)) return false
  return one.outcome === 'none' || SAYS_LATER.test(last.body)
}

const isAnswered = (one: Retried): boolean => {
  const status = lastOf(one)?.status ?? null
  return status !== null && (status < 300 || IN_PROGRESS.has(status))
}

const evidence = (keyed: Keyed, one: Retried): Evidence[] => [
  { kind: 'text', title: 'The statement whose answer was lost', text: one.sql },
  ...exchangeEvidence('The request it belonged to', one.cut),
  ...exchangeEvidence('The last retry with the same key', lastOf(one)),
  ...rowsEvidence('What all of them left', one.effects),
  ...originEvidence(keyed),
]

const told = (one: Retried) =>
  `connection cut after the ${one.kind} and before its reply: ${statusOf(one.cut)}, retry ${one.retries.map(statusOf).join(', ')}`

/** A client that heard nothing asks again, after the store has done its part and the app has not heard of it. */
export const judgeRetry = (keyed: Keyed): Judgement[] => {
  const { route, once } = keyed
  const struck = keyed.retried.filter((one) => one.struck)
  const subject = subjectOf(route, 'retry')
  if (keyed.retried.length === 0) return []
  if (struck.length === 0) {
    const title = 'A lost reply could not be arranged'
    const detail = 'the statement that keeps the work did not come again'
    return [inconclusive({ subject, title, detail, notCovered: [`retries of ${route} after a lost reply`] })]
  }
  const more =
    struck.find(({ outcome }) => outcome === 'more') ?? struck.find(({ outcome }) => outcome === 'part')
  if (more !== undefined) {
    return [
      refuted({
        subject,
        title: 'A retry after a lost reply has a second effect',
        detail: `${describeSurplus(more.effects, once?.effects ?? [])} · ${told(more)} · ${describeKey(keyed)}`,
        severity: severityOf(route, more.effects),
        tier: more.outcome === 'part' ? 'suspicion' : 'defect',
        repairs: [ONE_TRANSACTION],
        evidence: evidence(keyed, more),
      }),
    ]
  }
  const hollow = struck.find((one) => one.outcome === 'none' && (lastOf(one)?.status ?? 500) < 300)
  if (hollow !== undefined) {
    return [
      refuted({
        subject,
        title: 'A retry after a lost reply is told that it is done, and nothing is there',
        detail: `${told(hollow)} · ${describeKey(keyed)}`,
        severity: 'high',
        repairs: [ONE_TRANSACTION],
        evidence: evidence(keyed, hollow),
      }),
    ]
  }
  const stuck = struck.find((one) => isStuck(one) && one.freedByAge !== true)
  if (stuck !== undefined) {
    const still = `still refused after ${(stuck.retriedMs / 1_000).toFixed(0)} s`
    const aged = stuck.freedByAge === false ? ', and with the key a day older' : ''
    return [
      refuted({
        subject,
        title: 'A key stays in progress after a lost reply',
        detail: `${told(stuck)} · ${still}${aged} · ${describeKey(keyed)}`,
        severity: 'medium',
        tier: stuck.freedByAge === false ? 'defect' : 'suspicion',
        repairs: [ONE_TRANSACTION, LEASE],
        evidence: evidence(keyed, stuck),
      }),
    ]
  }
  const open = struck.find((one) => one.outcome === 'other' || (!isAnswered(one) && one.freedByAge !== true))
  if (open !== undefined) {
    const title = 'A retry after a lost reply could not be decided'
    return [inconclusive({ subject, title, detail: told(open) })]
  }
  const kinds = [...new Set(struck.map(({ kind }) => kind))].join(' and ')
  return [
    proven({
      subject,
      title: 'A retry after a lost reply has no second effect',
      detail: `${formatCount(struck.length, 'reply', 'replies')} lost (${kinds}), one effect each after the retry · ${describeKey(keyed)}`,
    }),
  ]
}

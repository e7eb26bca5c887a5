import { formatCount } from '../../base/text/numbers.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import { KEEP_ANSWER, ONE_TRANSACTION } from './repairs.ts'
import type { Keyed, Together } from './seen.ts'
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

const answersOf = ({ answers }: Together) => answers.map(statusOf).join(' and ')

/** `A held before its write 1 until B was answered` */
const orderOf = ({ played }: Together): string => {
  if (played.outcome === 'unschedulable') return 'both sent at once'
  const [first, second] = played.schedule.turns
  if (first === undefined || first.until === 'end') return 'one after the other'
  if (second?.until !== 'end') return 'both in the queue for one connection'
  return `A held before its ${first.until.before} ${first.until.nth} until B was answered`
}

const evidence = (keyed: Keyed, one: Together) => [
  { kind: 'schedule' as const, title: 'The order of the statements', played: one.played },
  ...exchangeEvidence('Answer to A', one.answers[0]),
  ...exchangeEvidence('Answer to B', one.answers[1]),
  ...rowsEvidence('What both left', one.effects),
  ...originEvidence(keyed),
]

const isUndecided = ({ played, outcome }: Together) =>
  played.outcome === 'unschedulable' || outcome === 'other'

/** The same key twice at once: one effect, whoever comes first. */
export const judgeTogether = (keyed: Keyed): Judgement[] => {
  const { together, route, once } = keyed
  if (together.length === 0) return []
  const subject = subjectOf(route, 'together')
  const twice =
    together.find(({ outcome }) => outcome === 'more') ?? together.find(({ outcome }) => outcome === 'part')
  if (twice !== undefined) {
    return [
      refuted({
        subject,
        title: 'Two requests at once with the same key have two effects',
        detail: `${describeSurplus(twice.effects, once?.effects ?? [])} · ${orderOf(twice)} · ${answersOf(twice)} · ${describeKey(keyed)}`,
        severity: severityOf(route, twice.effects),
        tier: twice.outcome === 'part' ? 'suspicion' : 'defect',
        repairs: [ONE_TRANSACTION, 'Answer 409 while the first request is still at work.'],
        evidence: evidence(keyed, twice),
      }),
    ]
  }
  const decided = together.filter((one) => !isUndecided(one))
  const [example] = decided.filter(({ outcome }) => outcome === 'once')
  if (example === undefined) {
    const [first] = together
    const why = first?.played.reason ?? ''
    const detail = first?.outcome === 'other' || why === '' ? 'what both left is not what one leaves' : why
    const notCovered = [`two requests at once with one key: ${route}`]
    const title = 'Two requests at once with the same key could not be compared'
    return [inconclusive({ subject, title, detail, notCovered })]
  }
  const failing = decided.find(({ answers }) =>
    answers.some(({ status }) => status === null || status >= 500),
  )
  if (failing !== undefined) {
    return [
      refuted({
        subject,
        title: 'One of two requests at once with the same key fails',
        detail: `${answersOf(failing)} · one effect · ${describeKey(keyed)}`,
        severity: 'low',
        tier: 'advice',
        repairs: [KEEP_ANSWER, 'Answer 409 while the first request is still at work.'],
        evidence: evidence(keyed, failing),
      }),
    ]
  }
  const guarded = decided.filter(({ played }) => played.outcome === 'guarded').length
  return [
    proven({
      subject,
      title: 'Two requests at once with the same key have one effect',
      detail: `${formatCount(decided.length, 'order')} forced, ${guarded} held back by a lock · ${answersOf(example)} · ${describeKey(keyed)}`,
      evidence: [{ kind: 'schedule', title: 'The order of the statements', played: example.played }],
    }),
  ]
}

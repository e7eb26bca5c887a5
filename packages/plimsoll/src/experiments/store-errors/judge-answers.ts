import { isAcknowledged } from '../../lab/operations/acknowledged.ts'
import { internalsIn } from '../../model/reading/internals.ts'
import { type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Hit, Seen } from './seen.ts'
import { SUBJECTS, subjectOf } from './subjects.ts'
import { answerOf, faultsOf, routesOf, seconds, showHit, tellHit } from './tell.ts'

/** A wait for a connection and one for a statement, each half of the limit, end a little after it: that is no hang. */
const SLACK = 1.1
/** Answers of a client's mistake that are also right for a conflict, or for "not now". */
const HONEST = new Set([408, 409, 423, 425, 429])

export const judgeTime = (seen: Seen, boundMs: number): Judgement[] => {
  const subject = subjectOf(seen.store, SUBJECTS.time)
  const asked = seen.hits.filter(({ stormed }) => !stormed)
  const hung = asked.filter(
    ({ exchange }) => exchange.error === 'timeout' || exchange.durationMs > boundMs * SLACK,
  )
  const [first] = hung
  if (first !== undefined) {
    return [
      refuted({
        subject,
        title: 'Requests hang after an error of the database',
        detail: `${faultsOf(hung)} during ${routesOf(hung)}: no answer within ${seconds(boundMs)}`,
        severity: 'high',
        repairs: [
          'Let the error of a statement end the request: await the promise, or pass the error on (next(error)).',
        ],
        evidence: showHit(first),
      }),
    ]
  }
  if (asked.length === 0) return []
  const slowest = Math.max(...asked.map(({ exchange }) => exchange.durationMs))
  const detail = `${asked.length} requests, ${faultsOf(asked)}: the slowest ended after ${seconds(slowest)}; bound ${seconds(boundMs)}`
  return [proven({ subject, title: 'Requests end when the database answers with an error', detail })]
}

/** Only operations of one write: what more than one write leaves behind is another experiment's. */
const isFalse = (hit: Hit): boolean =>
  hit.effect === 'none' &&
  hit.writes === 1 &&
  hit.exchange.status !== 202 &&
  isAcknowledged(hit.exchange, hit.undisturbed)

/** After a commit everything is there already: more of it, or its write once more with another result, is a second time. */
const isTwice = (hit: Hit): boolean =>
  hit.fault === 'connection lost after the commit' &&
  hit.resent > 1 &&
  (hit.effect === 'more' || hit.effect === 'other')

export const judgeTruth = (seen: Seen): Judgement[] => {
  const subject = subjectOf(seen.store, SUBJECTS.truth)
  const writes = seen.hits.filter(({ isWrite, effect }) => isWrite && effect !== null)
  const untrue = writes.filter(isFalse)
  const twice = writes.filter(isTwice)
  const [first] = [...untrue, ...twice]
  if (first === undefined) {
    if (writes.length === 0) return []
    const detail = `${writes.length} errors given to ${routesOf(writes)}: no success without its rows, no effect twice`
    return [proven({ subject, title: 'Answers are true to what was written', detail })]
  }
  const said = {
    subject,
    severity: 'critical' as const,
    evidence: showHit(first),
  }
  if (isFalse(first))
    return [
      refuted({
        ...said,
        title: 'A write that failed is answered with a success',
        detail: `${routesOf(untrue)}: ${faultsOf(untrue)}, ${answerOf(first.exchange)}, and nothing of it is there`,
        repairs: ['Await every write, let its error through, and answer only after it.'],
      }),
    ]
  return [
    refuted({
      ...said,
      title: 'A write whose answer was lost is done twice',
      detail: `${routesOf(twice)}: the connection was lost after the commit, the write was sent ${first.resent} times, and its effect is there more than once`,
      repairs: [
        'Do not try again by yourself after a connection was lost: whether the write is there is not known. Answer 503 and let the caller ask again with the same key.',
        'Make the write repeatable: a key of the request with a unique constraint, written in the same transaction.',
      ],
    }),
  ]
}

const isFailure = ({ exchange: { status } }: Hit) => status !== null && status >= 400

export const judgeInternals = (seen: Seen): Judgement[] => {
  const subject = subjectOf(seen.store, SUBJECTS.internals)
  const failures = seen.hits.filter(isFailure)
  const [first, ...more] = failures.flatMap((hit) => {
    const line = internalsIn(hit.exchange.body, hit.statements)
    return line === null ? [] : [{ hit, line }]
  })
  if (failures.length === 0) return []
  if (first === undefined) {
    const detail = `${failures.length} answers with an error`
    return [proven({ subject, title: 'Errors of the database are not told to the caller', detail })]
  }
  return [
    refuted({
      subject,
      title: 'Error answers show statements or a stack trace',
      detail: `${routesOf([first.hit, ...more.map(({ hit }) => hit)])}: ${answerOf(first.hit.exchange)} with "${first.line}"`,
      severity: 'medium',
      cwe: 209,
      repairs: ['Answer with a fixed message and an id; write the error to the log.'],
      evidence: showHit(first.hit),
    }),
  ]
}

/** Advice and suspicion only: that it failed was said, and how is a question of degree. */
export const judgeStatus = (seen: Seen): Judgement[] => {
  const subject = subjectOf(seen.store, SUBJECTS.status)
  const failures = seen.hits.filter(isFailure)
  const blamed = failures.filter(
    ({ exchange: { status } }) => status !== null && status < 500 && !HONEST.has(status),
  )
  const plain = failures.filter(({ exchange: { status } }) => status === 500)
  const [wrong] = blamed
  if (wrong !== undefined)
    return [
      refuted({
        subject,
        tier: 'suspicion',
        title: 'An error of the database is answered as a mistake of the caller',
        detail: `${tellHit(wrong)}, which tells the caller not to try again`,
        severity: 'medium',
        repairs: ['Answer 503 with retry-after; keep 4xx for what the caller can change.'],
        evidence: showHit(wrong),
      }),
    ]
  const [first] = plain
  if (first !== undefined)
    return [
      refuted({
        subject,
        tier: 'advice',
        title: 'Errors that pass are answered 500',
        detail: `${routesOf(plain)}: ${faultsOf(plain)}; 503 with retry-after, or 409, would tell the caller that trying again helps`,
        severity: 'low',
        repairs: ['Map 40001 and 40P01 to a retry or 409, and lost connections to 503 with retry-after.'],
      }),
    ]
  if (failures.length === 0) return []
  const said = [...new Set(failures.map(({ exchange: { status } }) => status))].sort().join(', ')
  return [
    proven({
      subject,
      title: 'Errors that pass are answered as such',
      detail: `answered ${said} to ${faultsOf(failures)}`,
    }),
  ]
}

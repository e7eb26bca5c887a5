import { turnsAway } from '../../lab/traffic/recover.ts'
import type { Evidence } from '../../model/evidence.ts'
import { timelineOf } from '../../model/timeline.ts'
import { inconclusive, type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import type { Exhaustion, Seen } from './seen.ts'
import { SUBJECTS, subjectOf } from './subjects.ts'
import { seconds } from './tell.ts'

const SLACK = 1.1

const chart = (seen: Exhaustion): Evidence => ({
  kind: 'timeline',
  title: 'More requests than connections, while every statement waited',
  timeline: timelineOf({
    exchanges: [...seen.answers, ...seen.after],
    bands: [{ fromMs: seen.fromMs, toMs: seen.toMs, label: 'every statement waits' }],
    marks: [],
  }),
})

/** Requests that hold a connection may wait for their statement; the others wait for a connection only. */
export const judgeWaiting = ({ store, exhaustion }: Seen, boundMs: number): Judgement[] => {
  if (exhaustion === null) return []
  const subject = subjectOf(store, SUBJECTS.waiting)
  const { poolSize, answers, route, unbounded } = exhaustion
  if (unbounded) {
    const detail = `${exhaustion.firstRound} requests at once opened ${poolSize} connections: no limit was met`
    return [notApplicable({ subject, title: 'No request waits for a connection', detail })]
  }
  const hung = answers.filter(
    ({ error, durationMs }) => error === 'timeout' || durationMs > boundMs * SLACK,
  ).length
  const waiting = Math.max(0, hung - poolSize)
  const all = answers.length - poolSize
  if (waiting === 0) {
    const detail = `${answers.length} times ${route} on ${poolSize} connections: those without one ended within ${seconds(boundMs)}`
    return [proven({ subject, title: 'Requests without a connection end in time', detail })]
  }
  const example = answers.find(({ error }) => error === 'timeout')
  return [
    refuted({
      subject,
      title: 'Requests hang when all connections are in use',
      detail: `${answers.length} times ${route} on ${poolSize} connections: ${waiting} of the ${all} without one had no answer within ${seconds(boundMs)}`,
      severity: 'high',
      repairs: [
        'Bound the wait for a connection: connectionTimeoutMillis (pg), acquireTimeoutMillis (Knex), pool_timeout (Prisma, SQLAlchemy).',
        'Answer 503 with retry-after when it passes.',
      ],
      evidence: [
        ...(example === undefined
          ? []
          : [{ kind: 'exchange' as const, title: 'One of them', exchange: example }]),
        chart(exhaustion),
      ],
    }),
  ]
}

export const judgeRefill = ({ store, exhaustion }: Seen): Judgement[] => {
  if (exhaustion === null || exhaustion.unbounded) return []
  const subject = subjectOf(store, SUBJECTS.refill)
  const { recoveredMs, recoveryLimitMs, after, poolSize } = exhaustion
  if (recoveredMs !== null) {
    const detail = `first good answer ${seconds(recoveredMs)} after the ${poolSize} connections were free again`
    return [proven({ subject, title: 'It recovers when connections are free again', detail })]
  }
  const last = after.at(-1)
  if (last !== undefined && turnsAway(last))
    return [
      inconclusive({
        subject,
        title: 'Recovery could not be seen',
        detail: `it answered ${last.status}: a login or a rate limit, not the database`,
      }),
    ]
  return [
    refuted({
      subject,
      title: 'It does not recover when connections are free again',
      detail: `it still failed ${seconds(recoveryLimitMs)} after every statement had been answered`,
      severity: 'critical',
      repairs: ['Give back, or destroy, a connection when its request was given up.'],
      evidence: [chart(exhaustion)],
    }),
  ]
}

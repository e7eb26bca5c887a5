import { turnsAway } from '../../lab/traffic/recover.ts'
import type { Evidence, Exchange } from '../../model/evidence.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import type { Standard } from '../../model/standard.ts'
import { timelineOf } from '../../model/timeline.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './index.ts'

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

const chart = (seen: Seen): Evidence => ({
  kind: 'timeline',
  title: 'Requests while every statement was slow',
  timeline: timelineOf({
    exchanges: [...seen.affected, ...seen.unaffected, ...seen.after],
    bands: [{ fromMs: seen.fromMs, toMs: seen.toMs, label: 'every statement waits' }],
    marks: seen.recoveredMs === null ? [] : [{ atMs: seen.toMs + seen.recoveredMs, label: 'recovered' }],
  }),
})

/** A wait for a connection and one for a statement, each half of the limit, end a little after it: that is no hang. */
const SLACK = 1.1

const over = (exchanges: readonly Exchange[], boundMs: number) =>
  exchanges.filter(({ durationMs }) => durationMs > boundMs * SLACK)

const affected = (seen: Seen, boundMs: number): Judgement => {
  const subject = `${seen.store}: affected requests`
  const [example, ...more] = over(seen.affected, boundMs)
  const slowest = Math.max(0, ...seen.affected.map(({ durationMs }) => durationMs))
  if (example === undefined) {
    const detail = `${seen.affected.length} requests at once, the slowest ended after ${seconds(slowest)}; bound ${seconds(boundMs)}`
    return proven({
      subject,
      title: 'Requests end when the database is slow',
      detail,
      evidence: [chart(seen)],
    })
  }
  return refuted({
    subject,
    title: 'Requests hang when the database is slow',
    detail: `${more.length + 1} of ${seen.affected.length} requests had no answer within ${seconds(boundMs)} while statements waited in the ${seen.where === 'store' ? 'database' : 'network'}`,
    severity: 'high',
    repairs: [
      'Bound the wait for a statement: query_timeout in the client, or statement_timeout on the connection.',
      'Bound the wait for a connection: connectionTimeoutMillis of the pool.',
      'Answer 503 when either passes.',
    ],
    evidence: [{ kind: 'exchange', title: 'One of them', exchange: example }, chart(seen)],
  })
}

const unaffected = (seen: Seen, boundMs: number): Judgement => {
  const subject = `${seen.store}: unaffected routes`
  const routes = seen.unaffectedRoutes.join(', ')
  if (seen.unaffected.length === 0) {
    const detail = 'no route is known that answers without the store'
    return inconclusive({
      subject,
      title: 'Routes that need no database were not tried',
      detail,
      notCovered: ['routes that need no store, while it is slow'],
    })
  }
  const bad = seen.unaffected.filter(
    ({ status, durationMs }) => status === null || status >= 500 || durationMs > boundMs * SLACK,
  )
  const slowest = Math.max(...seen.unaffected.map(({ durationMs }) => durationMs))
  const [example] = bad
  if (example === undefined) {
    const detail = `${seen.unaffected.length} requests to ${routes}, the slowest ${seconds(slowest)}`
    return proven({ subject, title: 'Routes that need no database keep answering when it is slow', detail })
  }
  return refuted({
    subject,
    title: 'A slow database takes down routes that do not need it',
    detail: `${bad.length} of ${seen.unaffected.length} requests to ${routes} failed or had no answer within ${seconds(boundMs)}`,
    severity: 'high',
    repairs: [
      'Keep a worker free: bound what waits for the store (time-outs, a limit of concurrent waits), or run more than one worker.',
    ],
    evidence: [{ kind: 'exchange', title: 'One of them', exchange: example }, chart(seen)],
  })
}

const recovery = (seen: Seen): Judgement => {
  const subject = `${seen.store}: recovery from slowness`
  if (seen.recoveredMs !== null) {
    const detail = `first good answer ${seconds(seen.recoveredMs)} after statements were fast again`
    return proven({ subject, title: 'It recovers when the database is fast again', detail })
  }
  const last = seen.after.at(-1)
  if (last !== undefined && turnsAway(last)) {
    const detail = isRateLimited(last)
      ? RATE_LIMITED
      : `it answered ${last.status} after statements were fast again: a login, not the store, turned it away`
    return inconclusive({ subject, title: 'Recovery from slowness could not be seen', detail })
  }
  const how = seen.exit === null ? 'it kept failing' : 'the process had exited'
  return refuted({
    subject,
    title: 'It does not recover when the database is fast again',
    detail: `${how} for ${seconds(seen.recoveryLimitMs)} after statements were fast again`,
    severity: 'critical',
    repairs: [
      'Give back or destroy a connection when its statement times out, so that the pool does not drain.',
    ],
    evidence: [chart(seen)],
  })
}

export const judge = (seen: Seen, standard: Standard): Judgement[] => {
  const boundMs = standard.threshold.value * 1_000
  return [affected(seen, boundMs), unaffected(seen, boundMs), recovery(seen)]
}

import { turnsAway } from '../../lab/traffic/recover.ts'
import type { Evidence, Exchange } from '../../model/evidence.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import type { Standard } from '../../model/standard.ts'
import { timelineOf } from '../../model/timeline.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './index.ts'

const NOT_COVERED = ['fail-over to another host', 'an outage longer than a few seconds']

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

const chart = (seen: Seen): Evidence => {
  const marks = [
    ...(seen.exit === null ? [] : [{ atMs: seen.exit.atMs, label: 'the process exited' }]),
    ...(seen.recoveredMs === null ? [] : [{ atMs: seen.toMs + seen.recoveredMs, label: 'recovered' }]),
  ]
  const timeline = timelineOf({
    exchanges: [...seen.before, ...seen.during, ...seen.after],
    bands: [{ fromMs: seen.fromMs, toMs: seen.toMs, label: `${seen.store} away` }],
    marks,
  })
  return { kind: 'timeline', title: 'Requests while the store was away', timeline }
}

const survival = (seen: Seen): Judgement => {
  const subject = `${seen.store}: survival`
  if (seen.exit === null) {
    const detail = `${seen.store} went away for ${seconds(seen.toMs - seen.fromMs)}; the process kept running`
    return proven({
      subject,
      title: 'The process survives a restart of the database',
      detail,
      notCovered: NOT_COVERED,
      evidence: [chart(seen)],
    })
  }
  const how = seen.exit.signal ?? `exit code ${seen.exit.code}`
  return refuted({
    subject,
    title: 'The process dies when the database restarts',
    detail: `ended with ${how}, ${seconds(seen.exit.atMs - seen.fromMs)} after ${seen.store} closed its connections · down until something starts it again`,
    severity: 'critical',
    repairs: [
      "Listen for errors of idle connections: pool.on('error', log) for node-postgres, client.on('error', …) for a single client.",
      'Let the pool drop broken connections and open new ones.',
    ],
    evidence: [{ kind: 'log', title: 'What the process said', lines: seen.lastLines }, chart(seen)],
    notCovered: NOT_COVERED,
  })
}

/** A wait bounded at the very limit ends a little after it: that is no hang. */
const SLACK = 1.05

const hung = (exchange: Exchange, boundMs: number) =>
  exchange.durationMs > boundMs * SLACK && exchange.error !== 'aborted'

const bounded = (seen: Seen, boundMs: number): Judgement => {
  const subject = `${seen.store}: answers during the outage`
  const slow = seen.during.filter((exchange) => hung(exchange, boundMs))
  const slowest = Math.max(0, ...seen.during.map(({ durationMs }) => durationMs))
  const [example] = slow
  if (example === undefined) {
    const detail = `${seen.during.length} requests, the slowest ended after ${seconds(slowest)}; bound ${seconds(boundMs)}`
    return proven({ subject, title: 'Requests end while the database is away', detail })
  }
  return refuted({
    subject,
    title: 'Requests hang while the database is away',
    detail: `${slow.length} of ${seen.during.length} requests had no answer within ${seconds(boundMs)}`,
    severity: 'high',
    repairs: [
      'Set a time-out on taking and opening connections (connectionTimeoutMillis), and answer 503 when it passes.',
    ],
    evidence: [{ kind: 'exchange', title: 'One of them', exchange: example }, chart(seen)],
  })
}

const recovery = (seen: Seen): Judgement => {
  const subject = `${seen.store}: recovery`
  if (seen.recoveredMs !== null) {
    const figure = {
      name: 'recovery',
      value: seen.recoveredMs / 1_000,
      unit: 's',
      n: 1,
      method: 'first good answer after the store was back, asked every 250 ms',
    }
    const detail = `first good answer ${seconds(seen.recoveredMs)} after ${seen.store} was back`
    return proven({
      subject,
      title: 'It recovers by itself when the database is back',
      detail,
      figures: [figure],
    })
  }
  const last = seen.after.at(-1)
  if (last !== undefined && turnsAway(last)) {
    const detail = isRateLimited(last)
      ? RATE_LIMITED
      : `it answered ${last.status} after ${seen.store} was back: a login, not the store, turned it away`
    return inconclusive({ subject, title: 'Recovery could not be seen', detail })
  }
  return refuted({
    subject,
    title: 'It does not recover when the database is back',
    detail: `still failing ${seconds(seen.recoveryLimitMs)} after ${seen.store} was back`,
    severity: 'critical',
    repairs: [
      'Use a pool, which opens a new connection when one is lost, instead of one connection made at start.',
    ],
    evidence: [
      ...(last === undefined ? [] : [{ kind: 'exchange' as const, title: 'Last answer', exchange: last }]),
      chart(seen),
    ],
  })
}

export const judge = (seen: Seen, standard: Standard): Judgement[] => {
  const broken = seen.before.filter(({ status }) => status === null || status >= 500)
  if (broken.length > 0) {
    const detail = `${broken.length} of ${seen.before.length} requests failed before any fault`
    return [
      inconclusive({ subject: seen.store, title: 'Survival of a store loss could not be tried', detail }),
    ]
  }
  if (seen.exit !== null) return [survival(seen)]
  return [survival(seen), bounded(seen, standard.threshold.value * 1_000), recovery(seen)]
}

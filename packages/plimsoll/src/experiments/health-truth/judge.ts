import { turnsAway } from '../../lab/traffic/recover.ts'
import type { Evidence } from '../../model/evidence.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import { timelineOf } from '../../model/timeline.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './index.ts'

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

const chart = (seen: Seen): Evidence => ({
  kind: 'timeline',
  title: 'What health said while the store was away',
  timeline: timelineOf({
    exchanges: [...seen.before, ...seen.during, ...seen.liveDuring, ...seen.after],
    bands: [{ fromMs: seen.fromMs, toMs: seen.toMs, label: `${seen.store} away` }],
    marks: [
      ...(seen.saidNoMs === null ? [] : [{ atMs: seen.fromMs + seen.saidNoMs, label: 'not ready' }]),
      ...(seen.saidYesMs === null ? [] : [{ atMs: seen.toMs + seen.saidYesMs, label: 'ready' }]),
    ],
  }),
})

const isBad = (status: number | null) => status === null || status >= 300

/** What it said was about the asker, not about the store. */
const turnedAway = (seen: Seen, path: string): Judgement | null => {
  const asked = seen.saidNoMs === null ? seen.during : seen.saidYesMs === null ? seen.after : []
  const last = asked.at(-1)
  if (last === undefined || !turnsAway(last)) return null
  return inconclusive({
    subject: `GET ${path}: readiness`,
    title: 'Readiness could not be followed',
    detail: `it answered ${last.status}: a limit or a login turned the requests away`,
  })
}

const readiness = (seen: Seen, path: string): Judgement => {
  const subject = `GET ${path}: readiness`
  const [first] = seen.before
  if ([...seen.before, ...seen.during, ...seen.after].some(isRateLimited))
    return inconclusive({ subject, title: 'Readiness could not be followed', detail: RATE_LIMITED })
  if (first !== undefined && isBad(first.status)) {
    return inconclusive({
      subject,
      title: 'Readiness could not be tried',
      detail: `it answered ${first.status ?? first.error} with the store there`,
    })
  }
  const away = turnedAway(seen, path)
  if (away !== null) return away
  if (seen.saidNoMs === null) {
    const last = seen.during.at(-1)
    return refuted({
      subject,
      title: 'Health says yes while the database is down',
      detail: `GET ${path} answered ${last?.status ?? 'with success'} for ${seconds(seen.limitMs)} without ${seen.store}, which known routes need`,
      severity: 'medium',
      repairs: [
        'Let readiness ask the store (SELECT 1 with a short time-out) and answer 503 when it fails. Keep liveness without it.',
      ],
      evidence: [
        ...(last === undefined
          ? []
          : [{ kind: 'exchange' as const, title: 'Asked while the store was away', exchange: last }]),
        chart(seen),
      ],
    })
  }
  if (seen.exited) {
    return inconclusive({
      subject,
      title: 'Readiness could not be followed',
      detail: 'the process exited when the store went away',
    })
  }
  if (seen.saidYesMs === null) {
    return refuted({
      subject,
      title: 'Health still says no after the database is back',
      detail: `GET ${path} had not answered with success ${seconds(seen.limitMs)} after ${seen.store} was back`,
      severity: 'high',
      repairs: ['Ask the store anew each time, through the pool, instead of remembering a state.'],
      evidence: [chart(seen)],
    })
  }
  const detail = `no after ${seconds(seen.saidNoMs)}, yes ${seconds(seen.saidYesMs)} after the store was back`
  return proven({
    subject,
    title: 'Readiness says no while the database is down, and yes after',
    detail,
    evidence: [chart(seen)],
  })
}

const liveness = (seen: Seen, path: string): Judgement[] => {
  const subject = `GET ${path}: liveness`
  const [asked] = seen.liveDuring
  if (asked === undefined || path === seen.ready || seen.exited) return []
  if (isRateLimited(asked))
    return [inconclusive({ subject, title: 'Liveness could not be tried', detail: RATE_LIMITED })]
  const before = seen.before.at(-1)
  if (before !== undefined && isBad(before.status)) {
    const detail = `it answered ${before.status ?? before.error} with the store there`
    return [inconclusive({ subject, title: 'Liveness could not be tried', detail })]
  }
  if (!isBad(asked.status))
    return [
      proven({
        subject,
        title: 'Liveness stays while the database is down',
        detail: `GET ${path} answered ${asked.status}`,
      }),
    ]
  return [
    refuted({
      subject,
      title: 'Liveness fails when the database is down',
      detail: `GET ${path} answered ${asked.status ?? asked.error} without ${seen.store}: every instance would be restarted at once, and none would help`,
      severity: 'medium',
      repairs: ['Let liveness say only that the process serves; ask the store in readiness.'],
      evidence: [{ kind: 'exchange', title: 'Asked while the store was away', exchange: asked }, chart(seen)],
    }),
  ]
}

const absent = (seen: Seen): Judgement =>
  refuted({
    subject: 'readiness route',
    title: 'There is no health route',
    detail: `nothing tells a load balancer that ${seen.store} is away`,
    severity: 'low',
    tier: 'advice',
    repairs: [
      'Add GET /readyz that asks the store with a short time-out, and GET /livez that does not; or name yours: "health" in plimsoll.config.json.',
    ],
  })

export const judge = (seen: Seen): Judgement[] => {
  if (seen.ready === null) return [absent(seen), ...(seen.live === null ? [] : liveness(seen, seen.live))]
  if (!seen.needsStore) {
    const detail = `no route is known to need ${seen.store}, so being ready without it may be the truth`
    return [
      inconclusive({
        subject: `GET ${seen.ready}: readiness`,
        title: 'Readiness could not be judged',
        detail,
      }),
    ]
  }
  return [readiness(seen, seen.ready), ...(seen.live === null ? [] : liveness(seen, seen.live))]
}

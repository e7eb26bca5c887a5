import type { Evidence } from '../../model/evidence.ts'
import type { Standard } from '../../model/standard.ts'
import { timelineOf } from '../../model/timeline.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './index.ts'

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

const REPAIRS = [
  'On SIGTERM stop accepting (server.close()), wait for what is in flight, close the pool, then exit with 0.',
  "Bound that wait below the orchestrator's grace period.",
]

const chart = (seen: Seen): Evidence => ({
  kind: 'timeline',
  title: 'From SIGTERM to the exit',
  timeline: timelineOf({
    exchanges: [seen.inFlight, seen.newcomer].filter((exchange) => exchange !== null),
    bands:
      seen.releasedAtMs === null
        ? []
        : [{ fromMs: seen.signalledAtMs, toMs: seen.releasedAtMs, label: 'statement held' }],
    marks: [
      { atMs: seen.signalledAtMs, label: 'SIGTERM' },
      ...(seen.exit === null ? [] : [{ atMs: seen.exit.atMs, label: 'exit' }]),
    ],
  }),
})

const inFlight = (seen: Seen): Judgement => {
  const subject = 'SIGTERM: request in flight'
  if (seen.inFlight === null) {
    const detail =
      seen.route === null
        ? 'no known request causes a statement that could be held'
        : `no statement of ${seen.route} came to be held`
    return inconclusive({
      subject,
      title: 'No request could be held in flight',
      detail,
      notCovered: ['requests in flight at SIGTERM'],
    })
  }
  const { status, error, atMs, durationMs } = seen.inFlight
  const endedAtMs = atMs + durationMs
  if (status !== null && status < 500) {
    const detail = `${seen.route} was held at the wire when SIGTERM came, and answered ${status} when it was let go`
    return proven({
      subject,
      title: 'A request in flight at SIGTERM completes',
      detail,
      evidence: [chart(seen)],
    })
  }
  return refuted({
    subject,
    title: 'A request in flight is lost when the process is told to stop',
    detail: `${seen.route} was waiting for the database when SIGTERM came · ${status === null ? `its connection broke ${seconds(endedAtMs - seen.signalledAtMs)} later (${error ?? 'no answer'})` : `answered ${status}`}`,
    severity: 'high',
    repairs: REPAIRS,
    evidence: [{ kind: 'exchange', title: 'The request in flight', exchange: seen.inFlight }, chart(seen)],
  })
}

const newcomer = (seen: Seen): Judgement[] => {
  if (seen.newcomer === null || seen.inFlight?.status === null) return []
  const subject = 'SIGTERM: new requests'
  const { status, error } = seen.newcomer
  if (status === null && error === 'ECONNREFUSED') {
    return [
      proven({
        subject,
        title: 'New connections are refused after SIGTERM',
        detail: `refused ${seconds(seen.newcomer.atMs - seen.signalledAtMs)} after SIGTERM`,
      }),
    ]
  }
  if (status !== null) {
    return [
      proven({
        subject,
        title: 'New requests after SIGTERM are still answered in full',
        detail: `answered ${status}; none is dropped`,
      }),
    ]
  }
  return [
    refuted({
      subject,
      title: 'New requests are accepted after SIGTERM and then dropped',
      detail: `a connection was accepted after SIGTERM and ended with ${error ?? 'no answer'}`,
      severity: 'medium',
      repairs: REPAIRS,
      evidence: [
        { kind: 'exchange', title: 'The request that came after SIGTERM', exchange: seen.newcomer },
        chart(seen),
      ],
    }),
  ]
}

/** One that finished what was in flight handled the signal; it may then pass it on, or tell it as 128 + 15. */
const endsByTheSignal = ({ inFlight, exit }: Seen) =>
  inFlight !== null && inFlight.status !== null && (exit?.signal === 'SIGTERM' || exit?.code === 143)

const exit = (seen: Seen, graceMs: number): Judgement => {
  const subject = 'SIGTERM: exit'
  const tookMs =
    seen.exit === null ? seen.waitedMs : seen.exit.atMs - (seen.releasedAtMs ?? seen.signalledAtMs)
  const said = {
    subject,
    repairs: REPAIRS,
    evidence: [{ kind: 'log' as const, title: 'Lines after SIGTERM', lines: seen.lastLines }, chart(seen)],
  }
  if (seen.exit === null || tookMs > graceMs) {
    const detail = `${seen.exit === null ? 'still running' : 'gone only'} ${seconds(tookMs)} after the last request ended; grace ${seconds(graceMs)}`
    return refuted({
      ...said,
      title: 'The process does not end when it is told to stop',
      detail,
      severity: 'high',
    })
  }
  if (endsByTheSignal(seen)) {
    return proven({
      subject,
      title: 'The process ends in the grace period',
      detail: `${seconds(tookMs)} after the last request ended, saying that SIGTERM ended it`,
    })
  }
  if (seen.exit.code === 0) {
    return proven({
      subject,
      title: 'The process exits with 0 in the grace period',
      detail: `${seconds(tookMs)} after the last request ended`,
    })
  }
  if (seen.inFlight === null && (seen.exit.signal === 'SIGTERM' || seen.exit.code === 143)) {
    return refuted({
      ...said,
      title: 'The process may not handle SIGTERM',
      detail:
        'SIGTERM ended it, and no request was in flight that would show whether it finishes what it began',
      severity: 'medium',
      tier: 'suspicion',
    })
  }
  const how =
    seen.exit.signal === null ? `code ${seen.exit.code}` : `signal ${seen.exit.signal}: nothing handles it`
  return refuted({
    ...said,
    title: 'The process does not exit cleanly on SIGTERM',
    detail: `ended by ${how}`,
    severity: 'medium',
  })
}

/** A process that drops its requests and dies of the signal has one defect, not two. */
export const judge = (seen: Seen, standard: Standard): Judgement[] => {
  const first = inFlight(seen)
  if (first.status === 'refuted') return [first]
  return [first, ...newcomer(seen), exit(seen, standard.threshold.value * 1_000)]
}

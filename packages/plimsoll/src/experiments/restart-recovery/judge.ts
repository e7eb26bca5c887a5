import type { Evidence } from '../../model/evidence.ts'
import { isRateLimited, RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import type { Standard } from '../../model/standard.ts'
import { timelineOf } from '../../model/timeline.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './index.ts'

const NOT_COVERED = ['power loss', 'a crash in the middle of a write']

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

const chart = (seen: Seen): Evidence => ({
  kind: 'timeline',
  title: 'From the kill to the first good answer',
  timeline: timelineOf({
    exchanges: [...seen.written.map(({ exchange }) => exchange), ...seen.probes],
    bands: [],
    marks: [{ atMs: seen.killedAtMs, label: 'SIGKILL' }],
  }),
})

const recovery = (seen: Seen, boundMs: number): Judgement => {
  const subject = 'restart: serving again'
  if (seen.recoveredMs === null) {
    const last = seen.probes.at(-1)
    if (last !== undefined && isRateLimited(last))
      return inconclusive({ subject, title: 'Recovery could not be seen', detail: RATE_LIMITED })
    return refuted({
      subject,
      title: 'It does not serve again after a crash',
      detail: `no good answer within ${seconds(seen.limitMs)} of starting it again`,
      severity: 'critical',
      repairs: [
        'Make the start idempotent: it must not fail on what the last run left (lock files, sockets, half-done migrations).',
      ],
      evidence: [{ kind: 'log', title: 'Last lines', lines: seen.lastLines }, chart(seen)],
    })
  }
  const figure = {
    name: 'recovery',
    value: seen.recoveredMs / 1_000,
    unit: 's',
    n: 1,
    method: 'first good answer after the start command',
  }
  const said = {
    subject,
    detail: `first good answer ${seconds(seen.recoveredMs)} after it was started again`,
    figures: [figure],
    notCovered: NOT_COVERED,
  }
  if (seen.recoveredMs <= boundMs) return proven({ ...said, title: 'It serves again after a crash' })
  return refuted({
    ...said,
    title: 'It takes too long to serve again after a crash',
    severity: 'high',
    evidence: [chart(seen)],
  })
}

const writes = (seen: Seen): Judgement => {
  const subject = 'restart: acknowledged writes'
  const lost = seen.written.filter(({ found }) => !found)
  const [first] = lost
  if (seen.written.length === 0 || seen.recoveredMs === null) {
    const detail = seen.recoveredMs === null ? 'the app did not come back' : seen.writesReason
    return inconclusive({
      subject,
      title: 'Acknowledged writes could not be followed',
      detail,
      notCovered: ['acknowledged writes across a crash'],
    })
  }
  if (first === undefined) {
    const routes = [...new Set(seen.written.map(({ route }) => route))].join(', ')
    return proven({
      subject,
      title: 'What was acknowledged is still there after a crash',
      detail: `${seen.written.length} of ${seen.written.length} writes read back (${routes})`,
    })
  }
  if (seen.controlFound !== true) {
    const detail = `${lost.length} of ${seen.written.length} no longer show, but neither does a write made after the restart`
    return inconclusive({
      subject,
      title: 'Acknowledged writes could not be followed',
      detail,
      notCovered: ['acknowledged writes across a crash'],
    })
  }
  return refuted({
    subject,
    title: 'Acknowledged writes are gone after a crash',
    detail: `${lost.length} of ${seen.written.length}: ${first.route} answered ${first.exchange.status}, SIGKILL followed, and after the restart it is not in ${first.readAt}; a later write is`,
    severity: 'critical',
    repairs: ['Answer only after the store has committed; keep nothing in memory that was acknowledged.'],
    evidence: [{ kind: 'exchange', title: 'The acknowledged write', exchange: first.exchange }, chart(seen)],
    notCovered: NOT_COVERED,
  })
}

export const judge = (seen: Seen, standard: Standard): Judgement[] => {
  if (seen.exit === null) {
    return [
      inconclusive({
        subject: 'restart',
        title: 'The process could not be killed',
        detail: 'it still ran 10 s after SIGKILL',
      }),
    ]
  }
  return [recovery(seen, standard.threshold.value * 1_000), writes(seen)]
}

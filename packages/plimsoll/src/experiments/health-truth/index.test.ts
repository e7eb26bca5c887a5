import { expect, test } from 'vitest'
import { exchange, lines, unanswered, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/operability.health/index.ts'
import experiment, { type Seen } from './index.ts'

const yes = exchange({ path: '/readyz' })
const no = exchange({ path: '/readyz', status: 503 })
const truthful: Seen = {
  store: 'postgres',
  fault: 'shutdown',
  ready: '/readyz',
  live: '/livez',
  needsStore: true,
  fromMs: 200,
  toMs: 1_200,
  before: [yes, exchange({ path: '/livez' })],
  during: [no],
  liveDuring: [exchange({ path: '/livez' })],
  after: [yes],
  saidNoMs: 260,
  saidYesMs: 510,
  limitMs: 10_000,
  exited: false,
}
const judge = (parts: Partial<Seen> = {}) =>
  experiment.judge(experiment.observes.parse({ ...truthful, ...parts }), standard)
const at = (index: number, parts: Partial<Seen>) => {
  const found = judge(parts)[index]
  return found && worded(found)
}

test('readiness that follows the store and liveness that does not are proven', () => {
  expect(lines(judge())).toEqual(['proven GET /readyz: readiness', 'proven GET /livez: liveness'])
})

test('a yes without the store is refuted', () => {
  expect(at(0, { during: [yes, yes], saidNoMs: null })).toMatchInlineSnapshot(`
    {
      "detail": "GET /readyz answered 200 for 10.0 s without postgres, which known routes need",
      "severity": "medium",
      "status": "refuted",
      "subject": "GET /readyz: readiness",
      "tier": "defect",
      "title": "Health says yes while the database is down",
    }
  `)
})

test('a no that outlives the outage is refuted', () => {
  expect(at(0, { after: [no], saidYesMs: null })).toMatchInlineSnapshot(`
    {
      "detail": "GET /readyz had not answered with success 10.0 s after postgres was back",
      "severity": "high",
      "status": "refuted",
      "subject": "GET /readyz: readiness",
      "tier": "defect",
      "title": "Health still says no after the database is back",
    }
  `)
})

test('liveness that fails with the store is refuted', () => {
  expect(at(1, { liveDuring: [exchange({ path: '/livez', status: 503 })] })).toMatchInlineSnapshot(`
    {
      "detail": "GET /livez answered 503 without postgres: every instance would be restarted at once, and none would help",
      "severity": "medium",
      "status": "refuted",
      "subject": "GET /livez: liveness",
      "tier": "defect",
      "title": "Liveness fails when the database is down",
    }
  `)
  expect(at(1, { liveDuring: [unanswered('timeout', 5_000)] })?.detail).toContain('answered timeout')
})

test('liveness that fails with the store there as well says nothing about the store', () => {
  const bad = exchange({ path: '/livez', status: 401 })
  expect(at(1, { before: [yes, bad], liveDuring: [bad] })).toMatchInlineSnapshot(`
    {
      "detail": "it answered 401 with the store there",
      "status": "inconclusive",
      "subject": "GET /livez: liveness",
      "title": "Liveness could not be tried",
    }
  `)
})

test('one route for both is judged as readiness only', () => {
  expect(lines(judge({ live: '/readyz' }))).toEqual(['proven GET /readyz: readiness'])
})

test('without a readiness route there is advice, and liveness is still judged', () => {
  const parts = { ready: null, during: [], after: [], saidNoMs: null, saidYesMs: null }
  expect(at(0, parts)).toMatchInlineSnapshot(`
    {
      "detail": "nothing tells a load balancer that postgres is away",
      "severity": "low",
      "status": "refuted",
      "subject": "readiness route",
      "tier": "advice",
      "title": "There is no health route",
    }
  `)
  expect(lines(judge(parts))).toEqual(['refuted advice readiness route', 'proven GET /livez: liveness'])
  expect(lines(judge({ ...parts, live: null }))).toEqual(['refuted advice readiness route'])
})

test('what cannot be known stays open', () => {
  expect(at(0, { before: [no] })).toMatchInlineSnapshot(`
    {
      "detail": "it answered 503 with the store there",
      "status": "inconclusive",
      "subject": "GET /readyz: readiness",
      "title": "Readiness could not be tried",
    }
  `)
  expect(at(0, { exited: true })?.detail).toMatchInlineSnapshot(
    `"the process exited when the store went away"`,
  )
  expect(judge({ needsStore: false }).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "no route is known to need postgres, so being ready without it may be the truth",
        "status": "inconclusive",
        "subject": "GET /readyz: readiness",
        "title": "Readiness could not be judged",
      },
    ]
  `)
})

test('a health route that turns us away says neither yes nor no', () => {
  const limited = exchange({ path: '/readyz', status: 429 })
  expect(at(0, { during: [limited], saidNoMs: null })?.status).toBe('inconclusive')
  expect(at(0, { after: [limited], saidYesMs: null })?.status).toBe('inconclusive')
})

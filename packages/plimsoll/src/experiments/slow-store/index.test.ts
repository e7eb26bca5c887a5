import { expect, test } from 'vitest'
import { exchange, lines, unanswered, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/reliability.fault-tolerance/index.ts'
import experiment, { type Seen } from './index.ts'

const route = 'GET /books'
const bounded: Seen = {
  store: 'postgres',
  where: 'store',
  fromMs: 500,
  toMs: 5_600,
  affected: [
    { ...exchange({ status: 503, durationMs: 5_010 }), route },
    { ...exchange({ status: 503, durationMs: 5_040 }), route },
  ],
  unaffected: [exchange({ path: '/health' }), exchange({ path: '/health', durationMs: 20 })],
  unaffectedRoutes: ['GET /health'],
  after: [exchange({ atMs: 5_700 })],
  recoveredMs: 90,
  recoveryLimitMs: 10_000,
  exit: null,
}
const judge = (parts: Partial<Seen> = {}) =>
  experiment.judge(experiment.observes.parse({ ...bounded, ...parts }), standard)

test('requests that end, routes that keep answering and a recovery are proven', () => {
  expect(lines(judge())).toEqual([
    'proven postgres: affected requests',
    'proven postgres: unaffected routes',
    'proven postgres: recovery from slowness',
  ])
})

test('requests without an end are refuted', () => {
  const affected = [
    { ...unanswered('timeout', 12_000), route },
    { ...exchange(), route },
  ]
  const [first] = judge({ affected })
  expect(first && worded(first)).toMatchInlineSnapshot(`
    {
      "detail": "1 of 2 requests had no answer within 10.0 s while statements waited in the database",
      "severity": "high",
      "status": "refuted",
      "subject": "postgres: affected requests",
      "tier": "defect",
      "title": "Requests hang when the database is slow",
    }
  `)
  expect(first?.repairs.length).toBeGreaterThan(1)
})

test('routes that need no store and fail all the same are refuted', () => {
  const slow = judge({ unaffected: [exchange(), unanswered('timeout', 12_000)] })[1]
  expect(slow && worded(slow)).toMatchInlineSnapshot(`
    {
      "detail": "1 of 2 requests to GET /health failed or had no answer within 10.0 s",
      "severity": "high",
      "status": "refuted",
      "subject": "postgres: unaffected routes",
      "tier": "defect",
      "title": "A slow database takes down routes that do not need it",
    }
  `)
  expect(judge({ unaffected: [exchange({ status: 503 })] })[1]?.status).toBe('refuted')
  expect(judge({ unaffected: [exchange({ status: 404 })] })[1]?.status).toBe('proven')
})

test('without a route that needs no store, that part stays open and says so', () => {
  const open = judge({ unaffected: [], unaffectedRoutes: [] })[1]
  expect(open && worded(open)).toMatchInlineSnapshot(`
    {
      "detail": "no route is known that answers without the store",
      "status": "inconclusive",
      "subject": "postgres: unaffected routes",
      "title": "Routes that need no database were not tried",
    }
  `)
  expect(open?.notCovered).toEqual(['routes that need no store, while it is slow'])
})

test('an app that stays broken is refuted, whether it lives or not', () => {
  const failing = judge({ recoveredMs: null })[2]
  expect(failing && worded(failing)).toMatchInlineSnapshot(`
    {
      "detail": "it kept failing for 10.0 s after statements were fast again",
      "severity": "critical",
      "status": "refuted",
      "subject": "postgres: recovery from slowness",
      "tier": "defect",
      "title": "It does not recover when the database is fast again",
    }
  `)
  const gone = judge({ recoveredMs: null, exit: { code: 1, signal: null, atMs: 3_000 } })[2]
  expect(gone?.detail).toMatchInlineSnapshot(
    `"the process had exited for 10.0 s after statements were fast again"`,
  )
})

test('two waits that fill the bound are no hang', () => {
  const affected = [{ ...exchange({ status: 503, durationMs: 10_040 }), route }]
  expect(judge({ affected })[0]?.status).toBe('proven')
})

test('a rate limit met on the way back says nothing about the recovery', () => {
  const judged = judge({ after: [exchange({ status: 429 })], recoveredMs: null })[2]
  expect([judged?.status, judged?.detail]).toEqual(['inconclusive', expect.stringContaining('answered 429')])
})

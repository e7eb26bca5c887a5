import { expect, test } from 'vitest'
import { exchange, lines, unanswered, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/reliability.fault-tolerance/index.ts'
import experiment, { type Seen } from './index.ts'

const held: Seen = {
  store: 'postgres',
  routes: ['GET /books', 'GET /books/:id'],
  fromMs: 1_000,
  toMs: 5_100,
  before: [exchange({ atMs: 900 }), exchange({ atMs: 910 })],
  during: [exchange({ atMs: 1_100, status: 503, durationMs: 40 }), unanswered('ECONNRESET', 80)],
  after: [exchange({ atMs: 5_200 })],
  exit: null,
  lastLines: [],
  recoveredMs: 312,
  recoveryLimitMs: 20_000,
}
const judge = (parts: Partial<Seen> = {}) =>
  experiment.judge(experiment.observes.parse({ ...held, ...parts }), standard)

test('an app that survives, answers and comes back is proven in all three', () => {
  const judged = judge()
  expect(lines(judged)).toEqual([
    'proven postgres: survival',
    'proven postgres: answers during the outage',
    'proven postgres: recovery',
  ])
  expect(judged[2]?.figures).toEqual([expect.objectContaining({ value: 0.312, unit: 's', n: 1 })])
  expect(judged[0]?.notCovered).toContain('an outage longer than a few seconds')
})

test('a process that dies has one defect, with its last lines', () => {
  const exit = { code: 1, signal: null, atMs: 1_220 }
  const lastLines = ['Error: terminating connection due to administrator command']
  const judged = judge({ exit, lastLines, recoveredMs: null })
  expect(judged.map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "ended with exit code 1, 0.2 s after postgres closed its connections · down until something starts it again",
        "severity": "critical",
        "status": "refuted",
        "subject": "postgres: survival",
        "tier": "defect",
        "title": "The process dies when the database restarts",
      },
    ]
  `)
  expect(judged[0]?.evidence.map(({ kind }) => kind)).toEqual(['log', 'timeline'])
  expect(judge({ exit: { code: null, signal: 'SIGABRT', atMs: 1_220 } })[0]?.detail).toContain('SIGABRT')
})

test('requests without an end within the bound are a defect of their own', () => {
  const during = [unanswered('timeout', 11_000), exchange({ status: 503 }), unanswered('timeout', 11_000)]
  const [survival, answers, recovery] = judge({ during })
  expect([survival?.status, recovery?.status]).toEqual(['proven', 'proven'])
  expect(answers && worded(answers)).toMatchInlineSnapshot(`
    {
      "detail": "2 of 3 requests had no answer within 10.0 s",
      "severity": "high",
      "status": "refuted",
      "subject": "postgres: answers during the outage",
      "tier": "defect",
      "title": "Requests hang while the database is away",
    }
  `)
})

test('a request that our own abort ended says nothing', () => {
  expect(judge({ during: [unanswered('aborted', 11_000)] })[1]?.status).toBe('proven')
})

test('an app that stays broken is refuted, with the last answer', () => {
  const after = [exchange({ status: 500, body: '{"error":"Client has encountered a connection error"}' })]
  const recovery = judge({ after, recoveredMs: null })[2]
  expect(recovery && worded(recovery)).toMatchInlineSnapshot(`
    {
      "detail": "still failing 20.0 s after postgres was back",
      "severity": "critical",
      "status": "refuted",
      "subject": "postgres: recovery",
      "tier": "defect",
      "title": "It does not recover when the database is back",
    }
  `)
  expect(recovery?.evidence.map(({ kind }) => kind)).toEqual(['exchange', 'timeline'])
})

test('an app that fails without any fault decides nothing', () => {
  expect(judge({ before: [exchange(), exchange({ status: 500 })] }).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "1 of 2 requests failed before any fault",
        "status": "inconclusive",
        "subject": "postgres",
        "title": "Survival of a store loss could not be tried",
      },
    ]
  `)
})

test('a rate limit or a login met on the way back says nothing about the recovery', () => {
  for (const status of [429, 401]) {
    expect(judge({ after: [exchange({ status })], recoveredMs: null })[2]?.status).toBe('inconclusive')
  }
})

import { expect, test } from 'vitest'
import { exchange, lines, unanswered, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/reliability.shutdown/index.ts'
import experiment, { type Seen } from './index.ts'

const graceful: Seen = {
  route: 'GET /books',
  held: true,
  signalledAtMs: 1_000,
  releasedAtMs: 2_500,
  inFlight: exchange({ atMs: 950, durationMs: 1_570 }),
  newcomer: { ...unanswered('ECONNREFUSED', 2), atMs: 2_500 },
  exit: { code: 0, signal: null, atMs: 2_600 },
  waitedMs: 1_610,
  lastLines: ['closing'],
}
const judge = (parts: Partial<Seen> = {}) =>
  experiment.judge(experiment.observes.parse({ ...graceful, ...parts }), standard)
const at = (index: number, parts: Partial<Seen>) => {
  const found = judge(parts)[index]
  return found && worded(found)
}

test('a request that completes, a refused newcomer and an exit with 0 are proven', () => {
  expect(lines(judge())).toEqual([
    'proven SIGTERM: request in flight',
    'proven SIGTERM: new requests',
    'proven SIGTERM: exit',
  ])
})

test('a newcomer that is answered in full is as good as one that is refused', () => {
  expect(at(1, { newcomer: exchange({ status: 404 }) })).toMatchInlineSnapshot(`
    {
      "detail": "answered 404; none is dropped",
      "status": "proven",
      "subject": "SIGTERM: new requests",
      "title": "New requests after SIGTERM are still answered in full",
    }
  `)
})

test('a request in flight that breaks is the one defect of a process that just dies', () => {
  const parts = {
    inFlight: unanswered('ECONNRESET'),
    exit: { code: null, signal: 'SIGTERM', atMs: 1_010 },
  }
  expect(judge(parts).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "GET /books was waiting for the database when SIGTERM came · its connection broke -0.9 s later (ECONNRESET)",
        "severity": "high",
        "status": "refuted",
        "subject": "SIGTERM: request in flight",
        "tier": "defect",
        "title": "A request in flight is lost when the process is told to stop",
      },
    ]
  `)
  expect(at(0, { inFlight: exchange({ status: 500 }) })?.detail).toMatchInlineSnapshot(
    `"GET /books was waiting for the database when SIGTERM came · answered 500"`,
  )
})

test('a newcomer that is accepted and dropped is refuted', () => {
  expect(at(1, { newcomer: unanswered('ECONNRESET') })).toMatchInlineSnapshot(`
    {
      "detail": "a connection was accepted after SIGTERM and ended with ECONNRESET",
      "severity": "medium",
      "status": "refuted",
      "subject": "SIGTERM: new requests",
      "tier": "defect",
      "title": "New requests are accepted after SIGTERM and then dropped",
    }
  `)
})

test('a process that stays, or goes too late, is refuted', () => {
  expect(at(2, { exit: null, waitedMs: 40_000 })).toMatchInlineSnapshot(`
    {
      "detail": "still running 40.0 s after the last request ended; grace 10.0 s",
      "severity": "high",
      "status": "refuted",
      "subject": "SIGTERM: exit",
      "tier": "defect",
      "title": "The process does not end when it is told to stop",
    }
  `)
  expect(at(2, { exit: { code: 0, signal: null, atMs: 14_000 } })?.detail).toMatchInlineSnapshot(
    `"gone only 11.5 s after the last request ended; grace 10.0 s"`,
  )
})

test('a process that ends by the signal, or with another code, is refuted', () => {
  const unheld = { held: false, inFlight: null, newcomer: null, releasedAtMs: null }
  expect(at(1, { ...unheld, exit: { code: null, signal: 'SIGTERM', atMs: 2_600 } })).toMatchInlineSnapshot(`
    {
      "detail": "SIGTERM ended it, and no request was in flight that would show whether it finishes what it began",
      "severity": "medium",
      "status": "refuted",
      "subject": "SIGTERM: exit",
      "tier": "suspicion",
      "title": "The process may not handle SIGTERM",
    }
  `)
  expect(at(2, { exit: { code: 1, signal: null, atMs: 2_600 } })?.detail).toBe('ended by code 1')
})

test('where nothing can be held, only the exit is decided', () => {
  const unheld = { held: false, inFlight: null, newcomer: null, releasedAtMs: null }
  expect(lines(judge({ ...unheld, route: null }))).toEqual([
    'inconclusive SIGTERM: request in flight',
    'proven SIGTERM: exit',
  ])
  expect(at(0, { ...unheld, route: null })?.detail).toMatchInlineSnapshot(
    `"no known request causes a statement that could be held"`,
  )
  expect(at(0, unheld)?.detail).toMatchInlineSnapshot(`"no statement of GET /books came to be held"`)
})

test('a process that finished its request may pass the signal on, or tell it as 143', () => {
  for (const how of [
    { code: null, signal: 'SIGTERM' },
    { code: 143, signal: null },
  ]) {
    expect(at(2, { exit: { ...how, atMs: 2_600 } })?.status).toBe('proven')
  }
})

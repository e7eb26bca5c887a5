import { expect, test } from 'vitest'
import { exchange, lines, unanswered, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/reliability.fault-tolerance/index.ts'
import experiment from './index.ts'
import type { Drain, Exhaustion, Hit, Seen } from './seen.ts'

const posted = (status: number, body = '{"error":"try again shortly"}') =>
  exchange({ method: 'POST', path: '/orders', status, body })
const done = posted(201, '{"id":1}')

const hit = (parts: Partial<Hit> = {}): Hit => ({
  route: 'POST /orders',
  fault: 'serialization failure',
  lasts: true,
  isWrite: true,
  struck: 1,
  tries: 1,
  resent: 1,
  stormed: false,
  exchange: posted(503),
  undisturbed: done,
  effect: 'none',
  writes: 1,
  open: [],
  exited: false,
  recoveredMs: 20,
  lastAnswer: done,
  statements: [],
  ...parts,
})
const drained: Drain = {
  route: 'POST /orders',
  fault: 'serialization failure',
  sent: 25,
  blockedAfter: null,
  open: 0,
  recoveredMs: 12,
  blocked: null,
  lastAnswer: done,
  limitMs: 8_000,
}
const waited: Exhaustion = {
  route: 'GET /orders',
  poolSize: 10,
  firstRound: 40,
  unbounded: false,
  answers: Array.from({ length: 16 }, () => exchange({ status: 503, durationMs: 1_020 })),
  fromMs: 1_000,
  toMs: 3_000,
  recoveredMs: 15,
  recoveryLimitMs: 10_000,
  after: [exchange()],
}
const good: Seen = {
  store: 'postgres',
  hits: [hit(), hit({ fault: 'connection lost after the commit', effect: 'whole', lasts: false })],
  drains: [drained],
  exhaustion: waited,
  untried: [],
  lastLines: ['listening'],
}
const judge = (parts: Partial<Seen> = {}) =>
  experiment.judge(experiment.observes.parse({ ...good, ...parts }), standard)
const refutations = (parts: Partial<Seen>) =>
  judge(parts)
    .filter(({ status }) => status === 'refuted')
    .map(worded)

test('errors that are answered, rolled back and over are proven', () => {
  expect(lines(judge())).toMatchInlineSnapshot(`
    [
      "proven postgres: transactions after an error",
      "proven postgres: connections after many errors",
      "proven postgres: time to answer an error",
      "proven postgres: tries of one request",
      "proven postgres: answers against contents",
      "proven postgres: recovery from errors",
      "proven postgres: requests that wait for a connection",
      "proven postgres: recovery of a used-up pool",
      "proven postgres: content of error answers",
      "proven postgres: status of error answers",
    ]
  `)
})

test('a transaction that stays open is refuted, and is one finding with the connections that it holds', () => {
  const open = [{ connection: 3, transaction: 'E' as const, ms: 2_010 }]
  const lost = {
    ...drained,
    sent: 11,
    blockedAfter: 10,
    open: 10,
    recoveredMs: null,
    lastAnswer: posted(503),
  }
  expect(refutations({ hits: [hit({ open })], drains: [lost] })).toMatchInlineSnapshot(`
    [
      {
        "detail": "POST /orders: serialization failure, answer 503; 2.0 s later its connection still stands in a failed transaction, with all its locks · after 10 failures no request reaches the database, 8.0 s later neither",
        "severity": "critical",
        "status": "refuted",
        "subject": "postgres: transactions after an error",
        "tier": "defect",
        "title": "An error leaves a transaction open",
      },
    ]
  `)
})

test('connections that are lost without a transaction are refuted on their own', () => {
  const lost = {
    ...drained,
    ...{ sent: 11, blockedAfter: 10, recoveredMs: null, limitMs: 35_000 },
    ...{ blocked: unanswered('timeout'), lastAnswer: unanswered('timeout') },
  }
  expect(refutations({ drains: [lost] })).toMatchInlineSnapshot(`
    [
      {
        "detail": "POST /orders, serialization failure: after 10 failures no request reaches the database, 35.0 s later neither",
        "severity": "critical",
        "status": "refuted",
        "subject": "postgres: connections after many errors",
        "tier": "defect",
        "title": "Errors use up the connections, until nothing is served",
      },
    ]
  `)
  expect(refutations({ drains: [{ ...lost, lastAnswer: posted(429) }] })).toEqual([])
})

test('a request without an end is refuted', () => {
  const hung = unanswered('timeout', 11_500)
  expect(refutations({ hits: [hit(), hit({ exchange: hung })] })).toMatchInlineSnapshot(`
    [
      {
        "detail": "serialization failure during POST /orders: no answer within 10.0 s",
        "severity": "high",
        "status": "refuted",
        "subject": "postgres: time to answer an error",
        "tier": "defect",
        "title": "Requests hang after an error of the database",
      },
    ]
  `)
})

test('a request that is tried again and again is refuted, as that alone', () => {
  const aborted = unanswered('aborted', 2_600)
  expect(
    refutations({ hits: [hit({ tries: 3_100, stormed: true, exchange: aborted })] }),
  ).toMatchInlineSnapshot(`
    [
      {
        "detail": "POST /orders: 3,100 tries in 2.6 s during a serialization failure, without an end; at most 10 are patience",
        "severity": "high",
        "status": "refuted",
        "subject": "postgres: tries of one request",
        "tier": "defect",
        "title": "One request is tried again and again while the database fails",
      },
    ]
  `)
  expect(refutations({ hits: [hit({ tries: 5 })] })).toEqual([])
})

test('a success without its rows is refuted', () => {
  expect(refutations({ hits: [hit({ exchange: done })] })).toMatchInlineSnapshot(`
    [
      {
        "detail": "POST /orders: serialization failure, answer 201, and nothing of it is there",
        "severity": "critical",
        "status": "refuted",
        "subject": "postgres: answers against contents",
        "tier": "defect",
        "title": "A write that failed is answered with a success",
      },
    ]
  `)
  expect(refutations({ hits: [hit({ exchange: done, effect: 'whole' })] })).toEqual([])
})

test('an effect that is there twice after a lost answer is refuted', () => {
  const twice = { fault: 'connection lost after the commit', lasts: false, exchange: done, resent: 2 }
  expect(refutations({ hits: [hit({ ...twice, effect: 'more' })] })).toMatchInlineSnapshot(`
    [
      {
        "detail": "POST /orders: the connection was lost after the commit, the write was sent 2 times, and its effect is there more than once",
        "severity": "critical",
        "status": "refuted",
        "subject": "postgres: answers against contents",
        "tier": "defect",
        "title": "A write whose answer was lost is done twice",
      },
    ]
  `)
  expect(refutations({ hits: [hit({ ...twice, effect: 'whole' })] })).toEqual([])
  expect(refutations({ hits: [hit({ ...twice, effect: 'other', resent: 1 })] })).toEqual([])
})

test('a process that ends is refuted', () => {
  const lost = hit({ fault: 'connection lost before the commit', exited: true, recoveredMs: null })
  expect(refutations({ hits: [lost] })).toMatchInlineSnapshot(`
    [
      {
        "detail": "connection lost before the commit during POST /orders: the process exited",
        "severity": "critical",
        "status": "refuted",
        "subject": "postgres: process after an error",
        "tier": "defect",
        "title": "A connection lost in the middle of a request ends the process",
      },
    ]
  `)
})

test('a request that fails on after the error is refuted', () => {
  expect(refutations({ hits: [hit({ recoveredMs: null, lastAnswer: posted(500) })] })).toMatchInlineSnapshot(`
    [
      {
        "detail": "POST /orders: serialization failure, answer 503; afterwards the same request still failed",
        "severity": "critical",
        "status": "refuted",
        "subject": "postgres: recovery from errors",
        "tier": "defect",
        "title": "It does not recover from an error of the database",
      },
    ]
  `)
  expect(refutations({ hits: [hit({ recoveredMs: null, lastAnswer: posted(401) })] })).toEqual([])
})

test('only requests that have no connection count as waiting', () => {
  const held = Array.from({ length: 10 }, () => unanswered('timeout', 11_500))
  const bounded = Array.from({ length: 6 }, () => exchange({ status: 503 }))
  expect(refutations({ exhaustion: { ...waited, answers: [...held, ...bounded] } })).toEqual([])
  const all = [...held, ...held.slice(0, 6)]
  expect(refutations({ exhaustion: { ...waited, answers: all } })).toMatchInlineSnapshot(`
    [
      {
        "detail": "16 times GET /orders on 10 connections: 6 of the 6 without one had no answer within 10.0 s",
        "severity": "high",
        "status": "refuted",
        "subject": "postgres: requests that wait for a connection",
        "tier": "defect",
        "title": "Requests hang when all connections are in use",
      },
    ]
  `)
})

test('a pool that stays used up is refuted', () => {
  const exhaustion = { ...waited, recoveredMs: null, after: [unanswered('timeout')] }
  expect(refutations({ exhaustion })).toMatchInlineSnapshot(`
    [
      {
        "detail": "it still failed 10.0 s after every statement had been answered",
        "severity": "critical",
        "status": "refuted",
        "subject": "postgres: recovery of a used-up pool",
        "tier": "defect",
        "title": "It does not recover when connections are free again",
      },
    ]
  `)
})

test('a pool without a bound leaves nothing waiting', () => {
  const unbounded = { ...waited, poolSize: 40, unbounded: true, answers: [] }
  expect(lines(judge({ exhaustion: unbounded }))).toContain(
    'not-applicable postgres: requests that wait for a connection',
  )
})

test('an answer that shows a statement is refuted; a plain 500 is advice; a 404 a suspicion', () => {
  const said = '{"stack":"at Parser.parse (/srv/node_modules/pg/parser.js:1:2)"}'
  const told = refutations({ hits: [hit({ exchange: posted(500, said) })] })
  expect(told.map(({ tier, title }) => `${tier}: ${title}`)).toMatchInlineSnapshot(`
    [
      "defect: Error answers show statements or a stack trace",
      "advice: Errors that pass are answered 500",
    ]
  `)
  expect(refutations({ hits: [hit({ exchange: posted(404) })] })).toMatchObject([{ tier: 'suspicion' }])
  expect(refutations({ hits: [hit({ exchange: posted(409) })] })).toEqual([])
})

test('what could not be disturbed is named', () => {
  const untried = [{ route: 'POST /orders', reason: 'sent alone, it answered 409' }]
  expect(judge({ untried }).at(-1)).toMatchObject({
    status: 'inconclusive',
    detail: 'POST /orders: sent alone, it answered 409',
  })
})

test('errors that never struck decide nothing', () => {
  expect(lines(judge({ hits: [hit({ struck: 0, effect: null })], drains: [], exhaustion: null }))).toEqual([
    'inconclusive postgres: errors',
  ])
})

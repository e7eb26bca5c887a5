import { expect, test } from 'vitest'
import { exchange, lines, unanswered, worded } from '../../../../../test/support/exchange.ts'
import type { Exchange } from '../../model/evidence.ts'
import standard from '../../standards/integrity.validation/index.ts'
import experiment, { type Seen } from './index.ts'

const JSON_MISUSE = 'malformed JSON (POST /books)'
const UNKNOWN = 'unknown route'

const refusal = (parts: Partial<Exchange> = {}) =>
  exchange({ status: 400, body: '{"error":"bad request"}', ...parts })
const tried = (misuse: string, answer: Exchange, exited = false) => ({ misuse, exchange: answer, exited })
const judge = (tries: Seen['tries'], parts: Partial<Seen> = {}) =>
  experiment.judge(
    experiment.observes.parse({ bodyRoute: 'POST /books', tries, lastLines: [], ...parts }),
    standard,
  )
const refutedOf = (tries: Seen['tries'], parts: Partial<Seen> = {}) =>
  judge(tries, parts)
    .filter(({ status }) => status === 'refuted')
    .map(worded)

test('refusals in one shape and without a stack are proven', () => {
  const judged = judge([tried(JSON_MISUSE, refusal()), tried(UNKNOWN, refusal({ status: 404 }))])
  expect(lines(judged)).toEqual([
    `proven ${JSON_MISUSE}`,
    `proven ${UNKNOWN}`,
    'proven error answers: content',
    'proven error shape',
  ])
})

test('what fails while the lab refuses the app something outside is no mistake of the client', () => {
  const heldBack = ['pay.example.com:443']
  const judged = judge([
    tried(JSON_MISUSE, refusal({ status: 502, heldBack })),
    tried(UNKNOWN, { ...unanswered('ECONNRESET'), heldBack }, true),
    tried('no body (POST /books)', refusal({ heldBack })),
  ])
  expect(lines(judged)).toEqual([
    `inconclusive ${JSON_MISUSE}`,
    `inconclusive ${UNKNOWN}`,
    'proven no body (POST /books)',
    'proven error answers: content',
  ])
  expect(judged[0]?.detail).toBe(
    'the request got 502: the lab refused the app pay.example.com:443 meanwhile; if that may be reached, declare it under "outbound" in plimsoll.config.json',
  )
})

test('a request that kills the process is refuted, with its last lines', () => {
  const tries = [tried(JSON_MISUSE, unanswered('ECONNRESET'), true), tried(UNKNOWN, refusal())]
  expect(
    refutedOf(tries, { lastLines: ['SyntaxError: Unexpected end of JSON input'] }),
  ).toMatchInlineSnapshot(`
    [
      {
        "detail": "malformed JSON (POST /books): the process exited",
        "severity": "critical",
        "status": "refuted",
        "subject": "malformed JSON (POST /books)",
        "tier": "defect",
        "title": "One malformed request kills the process",
      },
    ]
  `)
})

test('a request that hangs is refuted', () => {
  expect(refutedOf([tried(JSON_MISUSE, unanswered('timeout', 11_000))])).toMatchInlineSnapshot(`
    [
      {
        "detail": "malformed JSON (POST /books): no answer within 10 s",
        "severity": "high",
        "status": "refuted",
        "subject": "malformed JSON (POST /books)",
        "tier": "defect",
        "title": "A malformed request hangs",
      },
    ]
  `)
})

test('an answer that comes too late is a hang as well', () => {
  const late = refusal({ durationMs: 10_400 })
  expect(lines(judge([tried(JSON_MISUSE, late)]))[0]).toBe(`refuted defect ${JSON_MISUSE}`)
})

test('a request that found no server proves and refutes nothing', () => {
  const judged = judge([tried(UNKNOWN, unanswered('ECONNREFUSED'))])
  expect(judged.map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "the request ended with ECONNREFUSED",
        "status": "inconclusive",
        "subject": "unknown route",
        "title": "Could not be tried: unknown route",
      },
    ]
  `)
})

test('a connection that the server closes is a refusal', () => {
  expect(judge([tried('oversized body (POST /books)', unanswered('ECONNRESET'))])[0]).toMatchObject({
    status: 'proven',
    detail: 'connection closed (ECONNRESET) after 12 ms',
  })
})

test('failures of the server for mistakes of the client are one finding', () => {
  const tries = [
    tried(JSON_MISUSE, refusal({ status: 500 })),
    tried(UNKNOWN, refusal({ status: 404 })),
    tried('no body (POST /books)', refusal({ status: 500 })),
  ]
  expect(refutedOf(tries)).toMatchInlineSnapshot(`
    [
      {
        "detail": "malformed JSON (POST /books), no body (POST /books): answered 500 instead of 4xx",
        "severity": "low",
        "status": "refuted",
        "subject": "error answers: status",
        "tier": "defect",
        "title": "Mistakes of the client are answered as failures of the server",
      },
    ]
  `)
})

test('stack traces are one finding, however many answers show one', () => {
  const body =
    'SyntaxError: Unexpected token\n    at JSON.parse (<anonymous>)\n    at parse (/srv/app/node_modules/body-parser/lib/types/json.js:92:19)'
  const tries = [
    tried(JSON_MISUSE, refusal({ body })),
    tried('malformed percent encoding', refusal({ body })),
  ]
  expect(refutedOf(tries)).toMatchInlineSnapshot(`
    [
      {
        "detail": "malformed JSON (POST /books), malformed percent encoding: 400 with "at parse (/srv/app/node_modules/body-parser/lib/types/json.js:92:19)"",
        "severity": "medium",
        "status": "refuted",
        "subject": "error answers: content",
        "tier": "defect",
        "title": "Error answers show a stack trace",
      },
    ]
  `)
})

test('several shapes are advice', () => {
  const html = refusal({
    status: 404,
    body: '<h1>Not found</h1>',
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
  expect(refutedOf([tried(JSON_MISUSE, refusal()), tried(UNKNOWN, html)])).toMatchInlineSnapshot(`
    [
      {
        "detail": "json {error} (malformed JSON); text/html (unknown route)",
        "severity": "low",
        "status": "refuted",
        "subject": "error shape",
        "tier": "advice",
        "title": "Errors come in several shapes",
      },
    ]
  `)
})

test('without a route that takes a body, that part does not apply', () => {
  expect(lines(judge([tried(UNKNOWN, refusal({ status: 404 }))], { bodyRoute: null }))).toEqual([
    `proven ${UNKNOWN}`,
    'proven error answers: content',
    'not-applicable malformed bodies',
  ])
})

test('an experiment that was stopped before its first request proves nothing', () => {
  expect(judge([])).toEqual([])
})

test('an answer of the rate limit is no refusal of what was wrong', () => {
  const limited = refusal({ status: 429, body: 'Too many requests' })
  const judged = judge([tried(JSON_MISUSE, refusal()), tried(UNKNOWN, limited)])
  expect(lines(judged)).toEqual([
    `proven ${JSON_MISUSE}`,
    `inconclusive ${UNKNOWN}`,
    'proven error answers: content',
  ])
})

test('"not now" and "not implemented" are no failure of the server', () => {
  const judged = judge([
    tried(JSON_MISUSE, refusal({ status: 503 })),
    tried(UNKNOWN, refusal({ status: 501 })),
  ])
  expect(judged.filter(({ status }) => status === 'refuted')).toEqual([])
  expect(judged[0]?.status).toBe('inconclusive')
})

test('a parser that overflows on nesting alone, and is contained, is advice', () => {
  const nested = tried('deeply nested JSON (POST /books)', refusal({ status: 500 }))
  const tiers = (tries: Seen['tries']) => refutedOf(tries).map(({ tier }) => tier)
  expect(tiers([nested])).toEqual(['advice'])
  expect(tiers([nested, tried(JSON_MISUSE, refusal({ status: 500 }))])).toEqual(['defect'])
})

import { expect, test } from 'vitest'
import { exchange, lines, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/integrity.acid/index.ts'
import type { Left } from './effect.ts'
import experiment, { type Seen, type Torn, type Try } from './index.ts'

const posted = (status: number | null, body = '{"error":"later"}') =>
  exchange({ method: 'POST', path: '/orders', status, body })
const whole = posted(201, '{"id":1}')
const none = { added: 0, removed: 0 }
const one = { added: 1, removed: 0 }
const row = (table: string, there: 'none' | 'same' | 'other', rows = one): Left => ({
  table,
  whole: rows,
  there: there === 'none' ? none : rows,
  same: there === 'same',
})
const attempt = (left: Left[], parts: Partial<Try> = {}): Try => ({
  fault: 'fail',
  place: 'write 2 of 2',
  sql: 'UPDATE products SET stock = stock - $2 WHERE id = $1',
  struck: true,
  exchange: posted(503),
  left,
  exited: false,
  again: null,
  statements: [],
  origin: null,
  ...parts,
})
const nothing = [row('orders', 'none'), row('products', 'none')]
const everything = [row('orders', 'same'), row('products', 'same')]
const part = [row('orders', 'same'), row('products', 'none')]

const judge = (tries: Try[], torn: Partial<Torn> = {}, seen: Partial<Seen> = {}) =>
  experiment.judge(
    experiment.observes.parse({
      store: 'postgres',
      reason: '',
      operations: [{ route: 'POST /orders', writes: 2, undisturbed: whole, reason: '', tries, ...torn }],
      single: [],
      ...seen,
    }),
    standard,
  )
const first = (tries: Try[], torn: Partial<Torn> = {}) => {
  const [found] = judge(tries, torn)
  return found && worded(found)
}

test('nothing or everything each time is proven', () => {
  const tries = [
    attempt(nothing),
    attempt(everything, { exchange: whole }),
    attempt(nothing, { fault: 'cut' }),
  ]
  expect(first(tries)).toMatchInlineSnapshot(`
    {
      "detail": "2 writes, 3 failures: nothing or everything was there each time",
      "status": "proven",
      "subject": "POST /orders",
      "title": "POST /orders leaves nothing half done when a write fails",
    }
  `)
})

test('a part after an error is refuted, with what is there and what is not', () => {
  const judged = judge([attempt(nothing, { place: 'write 1 of 2' }), attempt(part, { again: 'other' })])[0]
  expect(judged && worded(judged)).toMatchInlineSnapshot(`
    {
      "detail": "write 2 of 2 failed, answered 503: orders 1 row added, products nothing · 1 of 2 failures left it so",
      "severity": "high",
      "status": "refuted",
      "subject": "POST /orders",
      "tier": "defect",
      "title": "POST /orders is left half done when a write fails",
    }
  `)
  expect(judged?.evidence[0]).toMatchInlineSnapshot(`
    {
      "kind": "text",
      "text": "write 2 of 2 failed: answered 503
      there:   orders: 1 row added
      missing: products: 1 row added in full, nothing there",
      "title": "What was there afterwards",
    }
  `)
})

test('a success for a part, or for nothing, is worse than an error', () => {
  expect(first([attempt(part), attempt(part, { exchange: whole })])).toMatchInlineSnapshot(`
    {
      "detail": "write 2 of 2 failed, answered 201: orders 1 row added, products nothing · 1 of 2 failures left it so",
      "severity": "critical",
      "status": "refuted",
      "subject": "POST /orders",
      "tier": "defect",
      "title": "POST /orders says that it is done when only a part of it is there",
    }
  `)
  expect(first([attempt(nothing, { exchange: whole })])).toMatchInlineSnapshot(`
    {
      "detail": "write 2 of 2 failed, answered 201: orders nothing, products nothing · 1 of 1 failure left it so",
      "severity": "critical",
      "status": "refuted",
      "subject": "POST /orders",
      "tier": "defect",
      "title": "POST /orders says that it is done when its write failed",
    }
  `)
})

test.each([
  ['completed when sent again', attempt(part, { again: 'whole' })],
  ['every row, at an earlier step', attempt([row('orders', 'other'), row('lines', 'same')])],
  ['only a log lacks', attempt([row('orders', 'same'), row('audit_log', 'none')], { exchange: whole })],
  ['only a session stays', attempt([row('orders', 'none'), row('sessions', 'same')])],
  ['taken on for later', attempt(part, { exchange: posted(202, '{"id":1}') })],
])('%s: a suspicion at most', (_name, one) => {
  const torn = one.exchange.status === 202 ? { undisturbed: posted(202, '{"id":1}') } : {}
  expect(judge([one], torn)[0]).toMatchObject({ status: 'refuted', tier: 'suspicion' })
})

test('a failure that never struck decides nothing', () => {
  expect(lines(judge([attempt(part, { struck: false })]))).toEqual(['inconclusive POST /orders'])
})

test('what could not be tried says why', () => {
  const reason = 'sent alone, it answered 409'
  expect(first([], { undisturbed: null, reason })).toMatchObject({ status: 'inconclusive', detail: reason })
  expect(lines(judge([], {}, { reason: 'the data is too large', operations: [] }))).toEqual([
    'inconclusive postgres: operations',
  ])
})

test('operations of one write are whole by themselves', () => {
  const judged = judge([], {}, { operations: [], single: ['POST /votes'] })[0]
  expect(judged && worded(judged)).toMatchInlineSnapshot(`
    {
      "detail": "POST /votes: one write each, which the database makes whole by itself",
      "status": "not-applicable",
      "subject": "postgres: operations",
      "title": "No operation writes more than once",
    }
  `)
})

import { expect, test } from 'vitest'
import { lines, statement, worded } from '../../../../../test/support/exchange.ts'
import api from '../../standards/performance.api/index.ts'
import standard from '../../standards/performance.queries/index.ts'
import { explainGrowth, formatBytes } from './explain-growth.ts'
import { affordable, sizesUpTo } from './fill.ts'
import { shapeThatGrew } from './find-cause.ts'
import experiment from './index.ts'
import type { Cause, Operation, Seen, WholeRead } from './seen.ts'
import { trace } from './trace-growth.ts'

const ROWS = [1_000, 10_000, 100_000]

/** Twenty answers about a median. */
const about = (ms: number, n = 20) =>
  Array.from({ length: n }, (_, index) => ms * (0.95 + (0.1 * index) / (n - 1)))

type Parts = { ms: number[]; bytes?: number[]; rows?: number[]; times?: number[]; sql?: number[] }

const operation = (
  name: string,
  {
    ms,
    bytes = [500, 500, 500],
    rows = [20, 20, 20],
    times = [1, 1, 1],
    sql = ms.map((one) => one / 2),
  }: Parts,
  cause: Partial<Cause> | null = null,
): Operation => ({
  name,
  sizes: ROWS.map((size, index) => ({
    rows: size,
    ms: about(ms[index] ?? 0),
    bytes: bytes[index] ?? 0,
    failed: null,
    statements: [
      { shape: 'select 1', ms: about(sql[index] ?? 0), times: times[index] ?? 1, rows: rows[index] ?? 0 },
    ],
  })),
  cause:
    cause === null
      ? null
      : { example: statement({ shape: 'select 1' }), plan: null, whole: [], origin: null, ...cause },
})

const whole = (parts: Partial<WholeRead> = {}): WholeRead => ({
  table: 'orders',
  rows: 100_000,
  kept: 3,
  filter: '(customer_id = 7)',
  equal: ['customer_id'],
  order: [],
  ...parts,
})

const seen = (operations: Operation[], parts: Partial<Seen> = {}): Seen => ({
  store: 'postgres',
  unable: null,
  sizes: ROWS.map((rows) => ({ rows, filledMs: 100, controlMs: about(0.3) })),
  operations,
  limits: [],
  ...parts,
})

const judge = (operations: Operation[], parts: Partial<Seen> = {}) =>
  experiment.judge(experiment.observes.parse(seen(operations, parts)), standard, [standard, api])

test('a list without an end is refuted', () => {
  const list = operation('GET /items', {
    ms: [12, 96, 940],
    bytes: [120_000, 1_200_000, 12_000_000],
    rows: ROWS,
  })
  const judged = judge([list])
  expect(judged.map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "time ~ rows^0.95 (0.94 to 0.95) · the answer from 120 kB to 12 MB · asked 60 times at 3 sizes",
        "severity": "medium",
        "status": "refuted",
        "subject": "GET /items",
        "tier": "defect",
        "title": "GET /items answers every row there is: 12 ms at 1,000 rows, 940 ms at 100,000",
      },
    ]
  `)
  expect(judged[0]?.repairs[0]).toContain('pages')
  expect(judged[0]?.evidence[0]).toMatchObject({ kind: 'growth' })
  expect(judged[0]?.figures[0]?.value).toBeCloseTo(0.95, 1)
})

test('a list without an end is one also where it is still quick', () => {
  const list = operation('GET /items', { ms: [3, 20, 150], bytes: [20_000, 200_000, 2_000_000], rows: ROWS })
  expect(lines(judge([list]))).toEqual(['refuted defect GET /items'])
  const short = operation('GET /items', { ms: [3, 20, 150], bytes: [5_000, 50_000, 500_000], rows: ROWS })
  expect(lines(judge([short]))).toEqual(['refuted suspicion GET /items'])
})

test('a whole table that is read for a few rows', () => {
  const slow = operation('GET /orders', { ms: [4, 33, 320] }, { whole: [whole()] })
  const [judged] = judge([slow])
  expect(judged && worded(judged)).toMatchInlineSnapshot(`
    {
      "detail": "time ~ rows^0.95 (0.95 to 0.96) · 160 ms of it in one statement · asked 60 times at 3 sizes",
      "severity": "medium",
      "status": "refuted",
      "subject": "GET /orders",
      "tier": "defect",
      "title": "GET /orders reads the whole table orders: 4 ms at 1,000 rows, 320 ms at 100,000",
    }
  `)
  expect(judged?.repairs).toEqual(['CREATE INDEX ON orders (customer_id);'])
  const quick = operation('GET /orders', { ms: [3, 4, 14], sql: [0.3, 1.3, 11] }, { whole: [whole()] })
  expect(judge([quick]).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "time ~ rows^0.33 (0.33 to 0.34) · 11 ms of it in one statement · asked 60 times at 3 sizes",
        "severity": "low",
        "status": "refuted",
        "subject": "GET /orders",
        "tier": "suspicion",
        "title": "GET /orders reads the whole table orders: its statement took 0.3 ms at 1,000 rows, 11 ms at 100,000",
      },
    ]
  `)
  const awful = operation('GET /orders', { ms: [40, 330, 3_200] }, { whole: [whole()] })
  expect(judge([awful])[0]?.severity).toBe('high')
})

test('what stays as it was is proven, with the chart', () => {
  const flat = operation('GET /orders/:id', { ms: [1.2, 1.3, 1.4] })
  const judged = judge([flat], { limits: ['POST /orders: it answered 409 when it was repeated'] })
  expect(judged.map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "1.2 ms at 1,000 rows, 1.4 ms at 100,000 · time ~ rows^0.03 (0.03 to 0.04) · asked 60 times at 3 sizes",
        "status": "proven",
        "subject": "GET /orders/:id",
        "title": "Takes about as long with 100 times the rows",
      },
    ]
  `)
  expect(judged[0]?.evidence).toHaveLength(1)
  expect(judged[0]?.notCovered).toHaveLength(1)
})

test('growth that no statement explains accuses nobody while it does no harm', () => {
  expect(lines(judge([operation('GET /a', { ms: [2, 5, 20] })]))).toEqual(['inconclusive GET /a'])
  expect(lines(judge([operation('GET /a', { ms: [2, 30, 400] })]))).toEqual(['refuted defect GET /a'])
  expect(lines(judge([operation('GET /a', { ms: [0.3, 0.5, 1.2] })]))).toEqual(['proven GET /a'])
})

test('a small table is read whole by right', () => {
  const small = operation('GET /a', { ms: [2, 5, 20] }, { whole: [whole({ rows: 30 })] })
  expect(lines(judge([small]))).toEqual(['inconclusive GET /a'])
})

test('a machine that was busy in the end decides nothing that it may have caused itself', () => {
  const slow = operation('GET /orders', { ms: [4, 33, 40] }, { whole: [whole()] })
  const control = (last: number) =>
    ROWS.map((rows, index) => ({ rows, filledMs: 1, controlMs: about(index === 2 ? last : 0.3) }))
  expect(lines(judge([slow], { sizes: control(0.4) }))).toEqual(['refuted suspicion GET /orders'])
  expect(lines(judge([slow], { sizes: control(12) }))).toEqual(['inconclusive GET /orders'])
  const slower = operation('GET /orders', { ms: [4, 33, 900] }, { whole: [whole()] })
  expect(lines(judge([slower], { sizes: control(12) }))).toEqual(['refuted defect GET /orders'])
})

test('an operation that fails, or whose tables did not grow, is not decided', () => {
  const failing = operation('GET /a', { ms: [2, 5, 20] })
  const [, , last] = failing.sizes
  if (last) last.failed = '500'
  const still = operation('GET /b', { ms: [2, 2, 2] })
  for (const size of still.sizes) size.rows = 3
  expect(judge([failing, still]).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "it answered 500 at 100,000 rows, which rows that were made up may be the reason of",
        "status": "inconclusive",
        "subject": "GET /a",
        "title": "How its time grows could not be told",
      },
      {
        "detail": "the tables behind it could not be filled, or there was no time to ask it often enough",
        "status": "inconclusive",
        "subject": "GET /b",
        "title": "How its time grows could not be told",
      },
    ]
  `)
})

test('a store that cannot be filled', () => {
  expect(lines(judge([], { unable: 'its tables cannot be filled' }))).toEqual(['not-applicable postgres'])
  expect(lines(judge([]))).toEqual(['inconclusive postgres'])
})

const repairs = (read: Partial<WholeRead>) => {
  const one = operation('GET /a', { ms: [2, 20, 200] }, { whole: [whole(read)] })
  const traced = trace(one)
  return traced === null ? [] : explainGrowth(one, traced)?.repairs
}

test('repairs follow the plan', () => {
  expect(repairs({ equal: ['shop', 'kind'] })).toEqual(['CREATE INDEX ON orders (shop, kind);'])
  expect(repairs({ filter: null, equal: [], order: ['created_at DESC'], kept: 100_000 })).toEqual([
    'CREATE INDEX ON orders (created_at DESC);',
  ])
  expect(repairs({ equal: [], filter: "(body ~~ '%x%'::text)" })?.[0]).toContain('trigram')
  expect(repairs({ equal: ['kind'], kept: 60_000 })?.[0]).toContain('Read less of orders')
})

test('sizes, and what there is time for', () => {
  expect([sizesUpTo(100_000), sizesUpTo(2_000), sizesUpTo(50)]).toEqual([
    [1_000, 10_000, 100_000],
    [20, 200, 2_000],
    [50],
  ])
  expect(affordable(1_000, [], null, 15_000)).toBe(1_000)
  expect(affordable(100_000, [10_000, 10_000], { rows: 18_000, ms: 500 }, 14_000)).toBe(100_000)
  expect(affordable(100_000, [10_000, 10_000], { rows: 18_000, ms: 5_000 }, 10_000)).toBe(28_000)
})

test('the statement that grew', () => {
  const size = (a: number, b: number) => ({
    statements: [
      { shape: 'a', ms: [a], times: 1, rows: 1 },
      { shape: 'b', ms: [b], times: 1, rows: 1 },
    ],
  })
  expect(shapeThatGrew([size(50, 1), size(60, 90)])).toBe('b')
  expect(shapeThatGrew([size(1, 1), size(1.5, 1)])).toBeNull()
})

test('sizes of answers', () => {
  expect([312, 8_250, 14_200_000].map(formatBytes)).toEqual(['312 bytes', '8.3 kB', '14 MB'])
})

test('an app that got slower while its statements and its answer stayed has not got slower by rows', () => {
  const untouched = operation('GET /me', { ms: [2.5, 4, 9], sql: [0.7, 0.9, 1.2] })
  expect(judge([untouched]).map(worded)[0]).toMatchObject({
    status: 'proven',
    title: 'Its statements take about as long with 100 times the rows',
  })
  const slower = operation('GET /me', { ms: [2.5, 4, 9], sql: [0.7, 2, 5] })
  expect(lines(judge([slower]))).toEqual(['inconclusive GET /me'])
})

import { expect, test } from 'vitest'
import { lines, worded } from '../../../../../test/support/exchange.ts'
import api from '../../standards/performance.api/index.ts'
import throughput from '../../standards/performance.throughput/index.ts'
import errorRate from '../../standards/reliability.error-rate/index.ts'
import experiment from './index.ts'
import type { Probe, Seen, Steady, Timed } from './seen.ts'

const probe = (ratePerSecond: number, side: Probe['side'], parts: Partial<Probe> = {}): Probe => ({
  ...{ ratePerSecond, side },
  step: 'search',
  sendingMs: 2_200,
  n: Math.round(ratePerSecond * 2.2),
  slow: side === 'outside' ? Math.round(ratePerSecond / 10) : 0,
  failed: 0,
  goodPerSecond: ratePerSecond,
  p50Ms: 6,
  p99Ms: side === 'outside' ? 420 : 48,
  p99IntervalMs: null,
  reliability: 0.93,
  why: side === 'outside' ? 'the queue grew by 140 requests a second' : '0 % of 2,900 requests were slow',
  noise: null,
  ...parts,
})

const timed = (name: string, n: number, slow = 0): Timed => ({
  ...{ name, n, slow, p50Ms: 4, p90Ms: 9, p99Ms: slow > 0 ? 320 : 31, maxMs: 400 },
  buckets: [
    [10, n - slow],
    [400, slow],
  ],
  statuses: { '200': n },
  errors: {},
})

const steady = (parts: Partial<Steady> = {}): Steady => ({
  ratePerSecond: 670,
  chosen: 'half the line',
  sendingMs: 5_000,
  operations: [timed('GET /events', 1_675), timed('GET /events/:id', 1_675)],
  ticks: Array.from({ length: 50 }, () => [67, 0, 0]),
  appCpuMs: 0.8,
  storeCpuMs: 0.3,
  bytes: 2_400,
  noise: null,
  ...parts,
})

const operation = (name: string): Seen['workload']['operations'][number] => ({
  name,
  share: 0.5,
  effect: 'reads',
  cost: { n: 40, p50Ms: 2, statements: 1, repeated: null, slowest: null, busyMs: 0.6, bytes: 2_400 },
})

const gauge = {
  ...{
    durationMs: 2_000,
    cores: 2,
    appCores: 0.5,
    appBusiestThread: 0.4,
    appMemoryMb: 90,
    appDescriptors: 40,
  },
  ...{ storeCores: 0.3, ownCores: 0.3, foreignCores: 0.02, stolenCores: 0, pressure: 0.1, throttledMs: 0 },
  unmeasured: [],
}

const carried: Seen = {
  mode: 'full',
  slowMs: 200,
  workload: {
    operations: [operation('GET /events'), operation('GET /events/:id')],
    ...{ left: [], weights: 'equal', users: 2, limits: [], grown: [] },
  },
  alone: [],
  capacity: { perSecond: 1_500, n: 3_000, connections: 32, seconds: 4, steady: true },
  probes: [probe(375, 'inside', { step: 'ramp' }), probe(1_300, 'inside'), probe(1_420, 'outside')],
  line: { ratePerSecond: 1_340, interval: [1_290, 1_395] },
  pressed: {
    ...{ ratePerSecond: 1_500, goodPerSecond: 1_350, open: 80, gauge },
    sessions: {
      ...{ samples: 40, sessions: 10, active: 9.5, held: 0, waitingForLock: 0, allBusy: 0.93 },
      statements: [{ sql: 'SELECT * FROM events', share: 0.5, lock: 0 }],
    },
  },
  steady: steady(),
  beyond: {
    ...{
      ratePerSecond: 2_680,
      seconds: 3,
      inTimePerSecond: 900,
      n: 8_040,
      shed: 2_010,
      errors: { '503': 2_010 },
    },
    ...{ recoveredSeconds: 0.8, watchedSeconds: 1.2, exited: false },
  },
  windows: { taken: 14, rejected: 1, late: 0 },
  foreignShare: 0.03,
  places: {},
  cut: null,
  tookSeconds: 41,
}

const all = [throughput, api, errorRate]
const judge = (parts: Partial<Seen> = {}, standards = all) =>
  experiment.judge(experiment.observes.parse({ ...carried, ...parts }), throughput, standards)
const first = (parts: Partial<Seen> = {}) => {
  const [line] = judge(parts)
  return line && worded(line)
}

const line = (ratePerSecond: number, low: number, high: number): Partial<Seen> => ({
  line: { ratePerSecond, interval: [low, high] },
  capacity: { perSecond: ratePerSecond * 1.1, n: 900, connections: 32, seconds: 4, steady: true },
  probes: [probe(low, 'inside'), probe(high, 'outside')],
})

const noisy = (reason = '41 % of the processor time went to foreign processes') => ({
  probes: [probe(60, 'inside', { noise: reason }), probe(110, 'outside', { noise: reason })],
})

test('a line above the threshold, quick operations and no errors are proven', () => {
  expect(lines(judge())).toEqual([
    'proven load line',
    'proven GET /events',
    'proven GET /events/:id',
    'proven requests under load',
  ])
  expect(first()).toMatchInlineSnapshot(`
    {
      "detail": "1,340/s (1,290–1,400), 1,000/s are wanted · at 2,680/s it answers 900/s in time and sheds 25 % with 503 or 429, well again after 0.8 s",
      "status": "proven",
      "subject": "load line",
      "title": "Carries 1,340 requests a second, limited by the pool of 10",
    }
  `)
})

test('beyond the line it refuses, or collapses', () => {
  const { beyond } = carried
  const [collapsed] = judge({
    beyond: beyond && { ...beyond, inTimePerSecond: 120, shed: 0, recoveredSeconds: null },
  })
  expect(collapsed?.detail).toContain(
    'at 2,680/s it collapses: it answers 120/s in time, not well again 1.2 s later',
  )
})

test('only standards of the Run are decided', () => {
  expect(lines(judge({}, [throughput]))).toEqual(['proven load line'])
})

test.each<[string, Partial<Seen>, string]>([
  ['below half', line(96, 92, 101), 'refuted defect load line'],
  ['below', line(700, 680, 730), 'refuted suspicion load line'],
  ['around', line(1_010, 970, 1_060), 'inconclusive load line'],
  ['above', line(1_100, 1_040, 1_160), 'proven load line'],
  [
    'below half, and half of the machine was with others: it would still be below',
    { ...line(96, 92, 101), ...noisy(), foreignShare: 0.41 },
    'refuted defect load line',
  ],
  [
    'below half, and what others had explains that',
    { ...line(450, 430, 460), foreignShare: 0.16 },
    'refuted suspicion load line',
  ],
  [
    'below half, but it may be the noise',
    { ...line(300, 290, 310), ...noisy(), foreignShare: 0.7 },
    'inconclusive load line',
  ],
  ['above in spite of noise', { ...noisy(), foreignShare: 0.41 }, 'proven load line'],
  [
    'no rate inside',
    { line: null, capacity: null, probes: [probe(25, 'outside'), probe(11, 'outside')] },
    'refuted defect load line',
  ],
  ['no rate outside', { line: null, probes: [probe(600, 'inside')] }, 'inconclusive load line'],
  [
    'no rate outside, and that is enough',
    { line: null, probes: [probe(1_200, 'inside')] },
    'proven load line',
  ],
  [
    'few requests inside at a high rate',
    { line: null, probes: [probe(1_200, 'inside', { reliability: 0.7 })] },
    'inconclusive load line',
  ],
  [
    'nothing could be sent on time, but what was answered is too little in any case',
    {
      line: null,
      capacity: { perSecond: 60, n: 120, connections: 32, seconds: 2, steady: true },
      probes: [],
      foreignShare: 0.6,
    },
    'refuted defect load line',
  ],
  ['nothing could be sent', { line: null, capacity: null, probes: [] }, 'inconclusive load line'],
  ['the app died', { ...line(96, 92, 101), cut: 'the app exited under load' }, 'inconclusive load line'],
])('the load line %s', (_, parts, expected) => {
  expect(lines(judge(parts))[0]).toBe(expected)
})

test('says what is the limit, and what noise explains', () => {
  expect(first(line(96, 92, 101))).toMatchInlineSnapshot(`
    {
      "detail": "96/s (92–101), 1,000/s are wanted · at 2,680/s it answers 900/s in time and sheds 25 % with 503 or 429, well again after 0.8 s · a machine twice as fast would not carry them either",
      "severity": "medium",
      "status": "refuted",
      "subject": "load line",
      "tier": "defect",
      "title": "Carries 96 requests a second, limited by the pool of 10",
    }
  `)
  expect(first({ ...line(450, 430, 460), foreignShare: 0.16 })?.detail).toMatchInlineSnapshot(
    `"450/s (430–460), 1,000/s are wanted · at 2,680/s it answers 900/s in time and sheds 25 % with 503 or 429, well again after 0.8 s · foreign processes had up to 16 % of the processor time, without which it may carry half"`,
  )
  expect(first({ ...line(300, 290, 310), ...noisy(), foreignShare: 0.7 })?.detail).toMatchInlineSnapshot(
    `"41 % of the processor time went to foreign processes · 300/s (290–310), 1,000/s are wanted · at 2,680/s it answers 900/s in time and sheds 25 % with 503 or 429, well again after 0.8 s"`,
  )
})

test('a confirmation refutes the same subject from a probe at the threshold', () => {
  const again = (probes: Probe[], parts: Partial<Seen> = {}) =>
    lines(judge({ mode: 'confirm', line: null, steady: null, pressed: null, beyond: null, probes, ...parts }))
  const at = (rate: number, side: Probe['side'], noise: string | null = null) =>
    probe(rate, side, { step: 'threshold', noise })
  const slow = { capacity: { perSecond: 90, n: 300, connections: 32, seconds: 3, steady: true } }
  expect(again([at(500, 'outside')])).toEqual(['refuted defect load line'])
  expect(again([at(500, 'inside'), at(1_000, 'outside')])).toEqual(['refuted suspicion load line'])
  expect(again([at(500, 'inside'), at(1_000, 'inside')])).toEqual(['inconclusive load line'])
  expect(again([{ ...at(500, 'outside', 'noise'), goodPerSecond: 90 }], slow)).toEqual([
    'refuted defect load line',
  ])
  expect(again([{ ...at(500, 'outside', 'noise'), goodPerSecond: 450 }])).toEqual(['inconclusive load line'])
  expect(again([])).toEqual(['inconclusive load line'])
})

test('an operation is judged at the steady rate, and alone where it is slow alone', () => {
  const slow = steady({
    operations: [timed('GET /events', 1_675, 90), timed('GET /events/:id', 1_675, 12)],
    ticks: Array.from({ length: 50 }, () => [67, 2, 0]),
  })
  expect(lines(judge({ steady: slow })).slice(1, 3)).toEqual([
    'refuted defect GET /events',
    'inconclusive GET /events/:id',
  ])
  const undecided = judge({ steady: { ...slow, noise: 'noise' } })[1]
  expect(undecided).toMatchObject({ status: 'inconclusive', subject: 'response times' })
  expect(undecided?.detail).toMatchInlineSnapshot(
    `"noise · 102 of 3,350 took 200 ms or more, from 1,675 of each · GET /events, GET /events/:id"`,
  )
  const declared: Partial<Seen> = { steady: { ...slow, chosen: 'declared', ratePerSecond: 2_000 } }
  expect(lines(judge(declared))[1]).toBe('refuted suspicion GET /events')
  expect(lines(judge({ alone: [{ ...timed('GET /report', 8, 8), noise: null }] }))[1]).toBe(
    'refuted defect GET /report',
  )
  expect(judge({ steady: slow })[1]?.detail).toMatchInlineSnapshot(
    `"90 of 1,675 took 200 ms or more at 670 requests a second · median 4 ms, p99 320 ms"`,
  )
})

test('errors are told by operation and kind', () => {
  const failing = (share: number) =>
    steady({
      operations: [
        { ...timed('GET /events', 3_350), statuses: { '200': 3_300, '503': 40 }, errors: { timeout: 10 } },
      ],
      ticks: Array.from({ length: 50 }, (_, index) => [67, 0, index % share === 0 ? 1 : 0]),
    })
  const errors = (parts: Partial<Seen>) => judge(parts).at(-1)
  expect(lines(judge({ steady: failing(1) })).at(-1)).toBe('refuted defect requests under load')
  expect(errors({ steady: failing(1) })?.detail).toMatchInlineSnapshot(
    `"50 of 3,350 failed at 670 requests a second: GET /events 40 × 503, GET /events 10 × timeout"`,
  )
  expect(errors({ steady: failing(50) })?.status).toBe('inconclusive')
  const few = steady({ ticks: Array.from({ length: 30 }, () => [10, 0, 0]) })
  expect(errors({ steady: few })?.detail).toMatchInlineSnapshot(
    `"0 of 300 failed at 670 requests a second; 2,995 clean ones would"`,
  )
})

test('observations stay small', () => {
  expect(JSON.stringify(carried).length).toBeLessThan(300_000)
})

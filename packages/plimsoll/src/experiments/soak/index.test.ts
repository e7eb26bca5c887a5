import { expect, test } from 'vitest'
import { lines } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/reliability.soak/index.ts'
import { driftOf } from './drift.ts'
import experiment, { type Moment, type Seen } from './index.ts'

const wave = (index: number) => 3 * Math.sin(index * 1.9)

const moments = (make: (index: number) => Partial<Moment>, count = 40): Moment[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ atSeconds: (index + 1) * 15, n: 1_500, failed: 0, p50Ms: 4, p99Ms: 30 },
    ...{ memoryMb: 110 + wave(index), descriptors: 42, connections: 10, noise: null },
    ...make(index),
  }))

const calm: Seen = {
  ...{ askedSeconds: 600, ratePerSecond: 300, exit: null, notSent: [] },
  moments: moments(() => ({})),
}
const judge = (parts: Partial<Seen> = {}) =>
  experiment.judge(experiment.observes.parse({ ...calm, ...parts }), standard)

test('what stays as it is, is proven; memory that only wavers is not decided by ten minutes', () => {
  expect(lines(judge())).toEqual([
    ...['inconclusive memory', 'proven descriptors', 'proven connections', 'proven response time'],
  ])
})

test.each<[string, (index: number) => Partial<Moment>, number, string]>([
  ['a leak', (index) => ({ memoryMb: 110 + 12 * index + wave(index) }), 0, 'refuted defect memory'],
  ['a slow leak', (index) => ({ memoryMb: 110 + 1.6 * index + wave(index) }), 0, 'refuted suspicion memory'],
  [
    'a cache that fills',
    (index) => ({ memoryMb: Math.min(240, 110 + 12 * index) + wave(index) }),
    0,
    'inconclusive memory',
  ],
  ['descriptors', (index) => ({ descriptors: 42 + 3 * index }), 1, 'refuted defect descriptors'],
  ['a connection more', (index) => ({ connections: index > 30 ? 11 : 10 }), 2, 'inconclusive connections'],
  ['connections', (index) => ({ connections: 10 + 2 * index }), 2, 'refuted defect connections'],
  ['slower and slower', (index) => ({ p50Ms: 4 + 3 * index }), 3, 'refuted suspicion response time'],
  ['a little slower', (index) => ({ p50Ms: 4 + 0.01 * index }), 3, 'inconclusive response time'],
  [
    'slower while others came',
    (index) => ({
      p50Ms: 4 + 3 * index,
      noise: index > 25 ? '41 % of the processor time went to foreign processes' : null,
    }),
    3,
    'inconclusive response time',
  ],
  ['what is not told', () => ({ descriptors: null }), 1, 'inconclusive descriptors'],
])('%s', (_, make, place, expected) => {
  expect(lines(judge({ moments: moments(make) }))[place]).toBe(expected)
})

test('a process that ended is refuted, whatever it held', () => {
  const [first] = judge({ exit: { code: null, signal: 'SIGABRT' }, moments: moments(() => ({}), 4) })
  expect([first?.subject, first?.detail]).toEqual([
    'process',
    'exit SIGABRT after 1 min at 300 requests a second',
  ])
})

test('the words of a leak', () => {
  const [leak] = judge({ moments: moments((index) => ({ memoryMb: 110 + 12 * index })) })
  expect([leak?.title, leak?.detail]).toMatchInlineSnapshot(`
    [
      "Memory of the app grows for as long as it is used",
      "464 MB in the second half, +228 MB along the trend · doubled in 9 min 40 s at this rate",
    ]
  `)
})

test('runs only where it was asked for, and then as long as was asked', () => {
  expect(experiment.idle?.({})).toContain('--soak 10m')
  expect(experiment.idle?.({ soakSeconds: 600 })).toBeNull()
  expect([experiment.cost.asked?.({}), experiment.cost.asked?.({ soakSeconds: 600 })]).toEqual([0, 1_200])
})

test('a drift is that of the second half', () => {
  const at = Array.from({ length: 20 }, (_, index) => index * 10)
  const settled = driftOf(
    at,
    at.map((_, index) => (index < 10 ? 50 + 10 * index : 150)),
  )
  expect(settled).toMatchObject({ level: 150, rise: 0, rising: false, hours: Number.POSITIVE_INFINITY })
  expect(driftOf(at.slice(0, 8), [1, 2, 3, 4, 5, 6, 7, 8])).toBeNull()
})

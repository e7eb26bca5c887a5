import { expect, test } from 'vitest'
import { disturbance, mostWithoutOthers } from './disturbance.ts'
import { readFocus } from './focus.ts'
import { inTime, wellAfter } from './go-beyond.ts'
import type { Probe, Seen } from './seen.ts'
import { secondsFor } from './steady.ts'

test.each([
  ['a high rate decides everything in the shortest time', 4_000, 0.5, 12, 3],
  ['long enough for errors', 500, 0.5, 12, 6.2],
  ['errors would take too long, the slowest operation not', 100, 0.5, 12, 9],
  ['nothing can be decided in that time', 20, 0.5, 12, 3],
  ['little time', 500, 0.5, 4, 3],
])(
  'a steady rate is held for as long as it decides something: %s',
  (_, rate, fewestShare, mostSeconds, seconds) => {
    expect(secondsFor(rate, { fewestShare, mostSeconds })).toBeCloseTo(seconds)
  },
)

const tick = (slow: number) => ({ atMs: 0, meant: 40, good: 40, slow, failed: 0, open: 3 })

test('it is well again at the first of three tenths of a second inside', () => {
  expect(wellAfter([40, 40, 12, 0, 20, 0, 1, 0, 0].map(tick))).toBe(5)
  expect(wellAfter([0, 0, 0].map(tick))).toBe(0)
  expect(wellAfter([0, 0].map(tick))).toBeNull()
})

test('requests that still wait are not well, and nobody asking is no sign', () => {
  const waiting = { ...tick(0), good: 3 }
  const silent = { ...tick(0), meant: 0, good: 0 }
  expect(wellAfter([waiting, waiting, waiting])).toBeNull()
  expect(wellAfter([waiting, silent, silent, silent, tick(0), tick(0)])).toBe(2)
  expect(wellAfter([silent, silent, silent])).toBeNull()
})

test('what was answered in time is neither slow, nor refused, nor failed', () => {
  expect(inTime(tick(8))).toBe(32)
  expect(inTime({ ...tick(0), good: 10 })).toBe(10)
  expect(inTime({ ...tick(0), good: 30, failed: 10 })).toBe(30)
  expect(inTime({ ...tick(40), good: 40 })).toBe(0)
})

test('a confirmation looks only at what was refuted', () => {
  expect(readFocus(['load line'], ['GET /report'])).toEqual({ line: true, steady: false, alone: [] })
  expect(readFocus(['GET /report', 'GET /events'], ['GET /report'])).toEqual({
    line: false,
    steady: true,
    alone: ['GET /report'],
  })
  expect(readFocus(['requests under load'], []).steady).toBe(true)
})

const probe = (side: Probe['side'], goodPerSecond: number, noise: string | null = null) => ({
  ...{ ratePerSecond: 100, step: 'search' as const, sendingMs: 2_000, n: 200, slow: 0, failed: 0 },
  ...{ p50Ms: 3, p99Ms: 9, p99IntervalMs: null, reliability: 0.9, why: '' },
  ...{ side, goodPerSecond, noise },
})

test('one disturbed window in four is not the rest', () => {
  const quiet = [probe('inside', 90), probe('inside', 90), probe('outside', 90)]
  expect(disturbance({ probes: [...quiet, probe('inside', 90, 'noise')] })).toBeNull()
  expect(
    disturbance({ probes: [...quiet, probe('inside', 90, 'noise'), probe('inside', 90, 'noise')] }),
  ).toBe('noise')
})

const seen = (parts: Partial<Pick<Seen, 'probes' | 'capacity' | 'foreignShare'>>, p50Ms = 10) => ({
  workload: {
    operations: [
      {
        ...{ name: 'GET /events', share: 1, effect: 'reads' as const },
        cost: { n: 9, p50Ms, statements: 1, repeated: null, slowest: null, busyMs: 1, bytes: 90 },
      },
    ],
  },
  ...{ probes: [], capacity: null, foreignShare: 0, ...parts },
})

test('the most that it could answer is known only where it was asked for more', () => {
  const capacity = { perSecond: 60, n: 10_000, connections: 32, seconds: 2, steady: true }
  expect(mostWithoutOthers(seen({ capacity, foreignShare: 0.4 }))).toBeCloseTo(102)
  expect(mostWithoutOthers(seen({ capacity, foreignShare: 0.9 }))).toBe(Number.POSITIVE_INFINITY)
  expect(mostWithoutOthers(seen({ capacity }, 500))).toBe(Number.POSITIVE_INFINITY)
  expect(mostWithoutOthers(seen({ probes: [probe('inside', 90)] }))).toBe(Number.POSITIVE_INFINITY)
  expect(mostWithoutOthers(seen({ probes: [probe('outside', 70)], capacity }, 500))).toBe(70)
})

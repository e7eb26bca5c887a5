import { expect, test } from 'vitest'
import { scheduleArrivals } from './arrivals.ts'
import type { Arrivals } from './load.ts'

const all = (arrivals: Exclude<Arrivals, { kind: 'closed' }>, durationMs: number, seed = 1) => {
  const next = scheduleArrivals(arrivals, durationMs, seed)
  const times: number[] = []
  for (let atMs = next(); atMs !== Number.POSITIVE_INFINITY; atMs = next()) times.push(atMs)
  expect(next()).toBe(Number.POSITIVE_INFINITY)
  return times
}

test.each([
  [10, 500, [0, 100, 200, 300, 400]],
  [4, 1000, [0, 250, 500, 750]],
  [4, 1001, [0, 250, 500, 750, 1000]],
  [1, 1, [0]],
])('constant %d/s for %d ms', (ratePerSecond, durationMs, times) => {
  expect(all({ kind: 'constant', ratePerSecond }, durationMs)).toEqual(times)
})

test('constant spacing gathers no rounding', () => {
  const times = all({ kind: 'constant', ratePerSecond: 3000 }, 60_000)
  expect(times).toHaveLength(180_000)
  expect(times.at(-1)).toBe(179_999 / 3)
})

test('Poisson gaps have the mean and the variance of an exponential', () => {
  const times = all({ kind: 'poisson', ratePerSecond: 1000 }, 100_000)
  const between = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0))
  const mean = between.reduce((sum, gap) => sum + gap, 0) / between.length
  const variance = between.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / between.length
  expect(mean).toBeCloseTo(1, 1)
  expect(variance).toBeCloseTo(1, 1)
  expect(between.filter((gap) => gap > 3).length / between.length).toBeCloseTo(Math.exp(-3), 2)
})

test('the seed decides Poisson times', () => {
  const arrivals = { kind: 'poisson', ratePerSecond: 100 } as const
  expect(all(arrivals, 1000, 7)).toEqual(all(arrivals, 1000, 7))
  expect(all(arrivals, 1000, 7)).not.toEqual(all(arrivals, 1000, 8))
})

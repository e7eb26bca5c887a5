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

test('as many arrive in a tenth of a second as Poisson has it, whatever came before: chi-square', () => {
  const times = all({ kind: 'poisson', ratePerSecond: 40 }, 500_000)
  const counts = Array.from({ length: 5_000 }, () => 0)
  for (const atMs of times) counts[Math.floor(atMs / 100)] = (counts[Math.floor(atMs / 100)] ?? 0) + 1
  const most = 10
  const seen = Array.from({ length: most + 1 }, () => 0)
  for (const count of counts) seen[Math.min(count, most)] = (seen[Math.min(count, most)] ?? 0) + 1
  let share = Math.exp(-4)
  let left = 1
  const expected = seen.map((_, count) => {
    if (count > 0) share *= 4 / count
    if (count === most) return left * counts.length
    left -= share
    return share * counts.length
  })
  const chi = seen.reduce(
    (sum, n, count) => sum + (n - (expected[count] ?? 0)) ** 2 / (expected[count] ?? 1),
    0,
  )
  // Of ten degrees of freedom, what one schedule in a thousand exceeds.
  expect(chi).toBeLessThan(29.6)
  const pairs = counts.slice(1).map((count, index) => (count - 4) * ((counts[index] ?? 4) - 4))
  const memory = pairs.reduce((sum, product) => sum + product, 0) / pairs.length / 4
  expect(Math.abs(memory)).toBeLessThan(3.3 / Math.sqrt(pairs.length))
})

test('the seed decides Poisson times', () => {
  const arrivals = { kind: 'poisson', ratePerSecond: 100 } as const
  expect(all(arrivals, 1000, 7)).toEqual(all(arrivals, 1000, 7))
  expect(all(arrivals, 1000, 7)).not.toEqual(all(arrivals, 1000, 8))
})

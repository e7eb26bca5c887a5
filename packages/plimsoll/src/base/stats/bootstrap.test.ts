import { expect, test } from 'vitest'
import { createRandom } from '../random/random.ts'
import { blockBootstrap } from './bootstrap.ts'
import { quantileOf } from './quantile.ts'

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Values that keep 0.8 of the one before; their mean is 0. */
const sluggish = (seed: number, n: number) => {
  const random = createRandom(seed)
  let value = 0
  return Array.from({ length: n }, () => {
    value = 0.8 * value + (2 * random.next() - 1)
    return value
  })
}

const held = (blockLength: number) =>
  Array.from({ length: 200 }, (_, seed) => seed).filter((seed) => {
    const { interval } = blockBootstrap({
      values: sluggish(seed, 300),
      statistic: mean,
      blockLength,
      seed,
      resamples: 200,
    })
    return interval[0] <= 0 && 0 <= interval[1]
  }).length / 200

test('blocks hold the truth about as often as they say, single values do not', () => {
  expect(held(25)).toBeGreaterThan(0.85)
  expect(held(1)).toBeLessThan(0.7)
})

test('any figure has an interval, the same for the same seed', () => {
  const random = createRandom(4)
  const values = Array.from({ length: 500 }, random.next)
  const of = (seed: number) =>
    blockBootstrap({ values, statistic: (drawn) => quantileOf(drawn, 0.9), blockLength: 5, seed })
  const { value, interval } = of(1)
  expect(interval[0]).toBeLessThan(value)
  expect(interval[1]).toBeGreaterThan(value)
  expect(interval[1] - interval[0]).toBeLessThan(0.08)
  expect(of(1)).toEqual(of(1))
  expect(of(1)).not.toEqual(of(2))
})

test('one value is its own interval, and of nothing nothing is known', () => {
  const of = (values: number[]) => blockBootstrap({ values, statistic: mean, blockLength: 10, seed: 1 })
  expect(of([3])).toEqual({ value: 3, interval: [3, 3] })
  expect(of([])).toEqual({ value: Number.NaN, interval: [Number.NaN, Number.NaN] })
})

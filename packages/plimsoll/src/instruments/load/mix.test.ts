import { expect, test } from 'vitest'
import { createMix } from './mix.ts'

const take = (weights: readonly number[], n: number, seed = 1) => {
  const next = createMix(weights, seed)
  return Array.from({ length: n }, next)
}
const count = (taken: readonly number[], index: number) => taken.filter((each) => each === index).length

test.each([
  { weights: [1], n: 5, counts: [5] },
  { weights: [1, 1], n: 1000, counts: [500, 500] },
  { weights: [7, 2, 1], n: 1000, counts: [700, 200, 100] },
  { weights: [0.5, 0.25, 0.25], n: 400, counts: [200, 100, 100] },
  { weights: [99, 0, 1], n: 1000, counts: [990, 0, 10] },
])('weights $weights share $n arrivals', ({ weights, n, counts }) => {
  const taken = take(weights, n)
  counts.forEach((expected, index) => {
    expect(Math.abs(count(taken, index) - expected)).toBeLessThanOrEqual(expected === 0 ? 0 : 2)
  })
})

test('any stretch holds the mix', () => {
  const taken = take([6, 3, 1], 10_000, 5)
  for (let from = 0; from + 100 <= taken.length; from += 37) {
    const stretch = taken.slice(from, from + 100)
    for (const [index, expected] of [60, 30, 10].entries())
      expect(Math.abs(count(stretch, index) - expected)).toBeLessThanOrEqual(3)
  }
})

test('the seed decides the order', () => {
  const equal = Array.from({ length: 8 }, () => 1)
  expect(take(equal, 60, 4)).toEqual(take(equal, 60, 4))
  expect(take(equal, 60, 4)).not.toEqual(take(equal, 60, 9))
})

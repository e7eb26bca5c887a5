import { expect, test } from 'vitest'
import { createRandom } from '../random/random.ts'
import { pairedRatio, pairedShift } from './shift.ts'
import { signedRankCut } from './signed-ranks.ts'

const seeds = Array.from({ length: 400 }, (_, seed) => seed)

test.each([
  // Published critical values of T, one more: the average that bounds the interval.
  [6, 0.95, 1],
  [8, 0.99, 1],
  [10, 0.95, 9],
  [20, 0.95, 53],
  [5, 0.95, 0],
])('signed ranks of %i at %d leave out %i', (n, confidence, cut) => {
  expect(signedRankCut(n, confidence)).toBe(cut)
})

test('the estimate is the median of all averages', () => {
  const pairs: [number, number][] = [1, 2, 3, 4, 5, 90].map((d) => [10, 10 + d])
  expect(pairedShift(pairs, 0.95)).toEqual({ shift: 3.5, interval: [1, 90], n: 6, method: 'exact' })
})

test('too few values bound nothing', () => {
  expect(pairedShift([[1, 2]], 0.95).interval).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
  expect(pairedShift([], 0.95).shift).toBeNaN()
})

test('a ratio is a shift of logarithms', () => {
  const pairs: [number, number][] = [1, 3, 10, 30, 100, 300].map((value) => [value, value * 1.1])
  const { ratio, interval } = pairedRatio(pairs, 0.95)
  expect(ratio).toBeCloseTo(1.1, 12)
  expect(interval[0]).toBeCloseTo(1.1, 12)
})

/** Pairs whose second is 10 % more, with noise common to both and noise of each. */
const noisy = (seed: number, n: number, own: number): [number, number][] => {
  const random = createRandom(seed)
  return Array.from({ length: n }, () => {
    const common = 1 + random.next()
    return [common * (1 + own * random.next()), 1.1 * common * (1 + own * random.next())]
  })
}

test.each([12, 80])('the interval of %i pairs holds the truth as often as it says', (n) => {
  const held = seeds.filter((seed) => {
    const { interval } = pairedRatio(noisy(seed, n, 0.3), 0.95)
    return interval[0] <= 1.1 && 1.1 <= interval[1]
  })
  expect(held.length / seeds.length).toBeGreaterThan(0.92)
})

test('pairs take away the noise that both share', () => {
  expect(pairedRatio(noisy(1, 20, 0.02), 0.95).interval[0]).toBeGreaterThan(1.05)
})

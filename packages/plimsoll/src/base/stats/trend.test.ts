import { expect, test } from 'vitest'
import { createRandom } from '../random/random.ts'
import { slopeOf } from './trend.ts'

const seeds = Array.from({ length: 400 }, (_, seed) => seed)

/** Twelve uniform numbers make nearly a normal one. */
const normal = (random: ReturnType<typeof createRandom>) =>
  Array.from({ length: 12 }, random.next).reduce((sum, value) => sum + value, -6)

const line = (seed: number, n: number, slope: number, noise: number) => {
  const random = createRandom(seed)
  const xs = Array.from({ length: n }, (_, index) => index)
  return slopeOf(
    xs,
    xs.map((x) => 10 + slope * x + noise * normal(random)),
  )
}

test('the slope of a straight line is exact', () => {
  expect(slopeOf([1, 2, 4, 7, 9], [3, 5, 9, 15, 19])).toEqual({
    slope: 2,
    interval: [2, 2],
    significant: true,
    n: 5,
  })
})

test("gives Sen's own example", () => {
  const { slope, interval } = slopeOf([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78], 0.93)
  expect(slope).toBe(4)
  expect(interval[0]).toBeCloseTo(26 / 7, 1)
  expect(interval[1]).toBeCloseTo(30 / 7, 1)
})

test('one wild value in four moves little', () => {
  const ys = Array.from({ length: 20 }, (_, x) => (x % 5 === 0 ? 1_000 : x))
  expect(slopeOf([...ys.keys()], ys).slope).toBeCloseTo(1, 1)
})

test('values that stay, and too few, are no trend', () => {
  expect(slopeOf([0, 1, 2, 3, 4], [7, 7, 7, 7, 7])).toMatchObject({ slope: 0, significant: false })
  expect(slopeOf([0, 1, 2], [1, 2, 3])).toMatchObject({ slope: 1, significant: false })
  expect(slopeOf([1], [1]).slope).toBeNaN()
})

test.each([10, 30])('noise without a trend is significant in one of twenty at most: %i points', (n) => {
  const flat = seeds.map((seed) => line(seed, n, 0, 1))
  expect(flat.filter(({ significant }) => significant).length / seeds.length).toBeLessThan(0.07)
  const held = flat.filter(({ interval: [low, high] }) => low <= 0 && high >= 0)
  expect(held.length / seeds.length).toBeGreaterThan(0.93)
})

test('a trend of three times its noise is seen', () => {
  const rising = seeds.map((seed) => line(seed, 20, 3 / 20, 1))
  expect(rising.filter(({ significant }) => significant).length / seeds.length).toBeGreaterThan(0.9)
})

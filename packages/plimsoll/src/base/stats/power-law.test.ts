import { expect, test } from 'vitest'
import { createRandom } from '../random/random.ts'
import { exponentOf } from './power-law.ts'

const measured = (seed: number, time: (rows: number) => number) => {
  const random = createRandom(seed)
  return [1_000, 10_000, 100_000].map((x) => ({
    x,
    ys: Array.from({ length: 15 }, () => time(x) * (1 + 0.5 * random.next() ** 4)),
  }))
}

test.each([
  ['constant', () => 3, 0],
  ['a root', (rows: number) => Math.sqrt(rows), 0.5],
  ['rows', (rows: number) => rows / 100, 1],
  ['squares', (rows: number) => rows ** 2, 2],
])('the exponent of %s', (_, time, exponent) => {
  for (let seed = 0; seed < 20; seed += 1) {
    const found = exponentOf(measured(seed, time), seed)
    expect(found.exponent).toBeCloseTo(exponent, 1)
    expect(found.interval[1] - found.interval[0]).toBeLessThan(0.15)
    expect(found.interval[0]).toBeLessThanOrEqual(found.exponent)
    expect(found.interval[1]).toBeGreaterThanOrEqual(found.exponent)
  }
})

test('its interval holds the truth as often as it says', () => {
  const held = Array.from({ length: 100 }, (_, seed) => seed).filter((seed) => {
    const { interval } = exponentOf(
      measured(seed, (rows) => rows),
      seed,
    )
    return interval[0] <= 1 && 1 <= interval[1]
  })
  expect(held.length).toBeGreaterThan(88)
})

test('one size, or none, says nothing', () => {
  expect(exponentOf([{ x: 10, ys: [1, 2] }], 1).exponent).toBeNaN()
  expect(exponentOf([], 1).exponent).toBeNaN()
  expect(
    exponentOf(
      [
        { x: 1, ys: [1] },
        { x: 10, ys: [] },
      ],
      1,
    ).exponent,
  ).toBeNaN()
})

test('the same seed gives the same interval', () => {
  const points = measured(1, (rows) => rows)
  expect(exponentOf(points, 5)).toEqual(exponentOf(points, 5))
})

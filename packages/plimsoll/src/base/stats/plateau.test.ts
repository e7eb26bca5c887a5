import { expect, test } from 'vitest'
import { createRandom } from '../random/random.ts'
import { isSteady } from './plateau.ts'
import { medianOf } from './quantile.ts'

const seeds = Array.from({ length: 200 }, (_, seed) => seed)

/** Median latencies of a runtime that compiles as it goes: from `first` times the final level down to it. */
const warming = (seed: number, { first = 3, tau = 4, noise = 0.03, length = 60 } = {}) => {
  const random = createRandom(seed)
  return Array.from(
    { length },
    (_, at) => (1 + (first - 1) * Math.exp(-at / tau)) * (1 + noise * (2 * random.next() - 1)),
  )
}

const firstSteady = (values: readonly number[]) =>
  values.findIndex((_, index) => isSteady(values.slice(0, index + 1)))

test.each([
  [{ tau: 2 }, 0.06],
  [{ tau: 4 }, 0.06],
  [{ tau: 8, noise: 0.05 }, 0.15],
  [{ first: 0.4, tau: 4 }, 0.06],
])('waits until what is left of the warm-up is small: %o', (curve, most) => {
  const left = seeds.map((seed) => {
    const values = warming(seed, curve)
    const at = firstSteady(values)
    return at < 0 ? 0 : Math.abs(('first' in curve ? curve.first : 3) - 1) * Math.exp(-at / curve.tau)
  })
  expect(medianOf(left)).toBeLessThan(most)
  expect(left.filter((share) => share > 0.25).length / seeds.length).toBeLessThan(0.02)
})

test.each([0, 0.02, 0.1])('what was warm from the start is found so soon: noise %d', (noise) => {
  const waits = seeds.map((seed) => firstSteady(warming(seed, { first: 1, noise })))
  expect(medianOf(waits)).toBeLessThanOrEqual(8)
  expect(Math.max(...waits)).toBeLessThan(30)
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(5)
})

test('a level that jumps is not steady until the jump has passed', () => {
  const jump = [1, 1, 1, 1, 1, 1, 2, 2, 2]
  expect(isSteady(jump.slice(0, 6))).toBe(true)
  expect(isSteady(jump)).toBe(false)
  expect(isSteady([...jump, 2, 2, 2])).toBe(true)
})

test('too few values are not steady', () => {
  expect(isSteady([1, 1, 1, 1, 1])).toBe(false)
  expect(isSteady([])).toBe(false)
})

test('a tolerance says what does not matter', () => {
  const slow = Array.from({ length: 6 }, (_, at) => 100 + 2 * at)
  expect(isSteady(slow)).toBe(false)
  expect(isSteady(slow, { tolerance: 0.15 })).toBe(true)
})

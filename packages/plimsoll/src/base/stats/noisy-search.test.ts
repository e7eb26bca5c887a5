import { expect, test } from 'vitest'
import { createRandom } from '../random/random.ts'
import { createSearch } from './noisy-search.ts'
import { medianOf } from './quantile.ts'

const LINE = 1_340

/** Asks an oracle that is wrong in `wrong` of its answers, and does not decide within 2 % of the line where told so. */
const search = (seed: number, { wrong = 0.15, range = 4, probes = 25, shy = false } = {}) => {
  const random = createRandom(seed)
  const low = LINE / range ** random.next()
  const found = createSearch({ low, high: low * range, resolution: 0.005 })
  for (let probe = 0; probe < probes; probe += 1) {
    const rate = found.next()
    const truth = rate < LINE ? 'inside' : 'outside'
    const lie = truth === 'inside' ? 'outside' : 'inside'
    const near = shy && Math.abs(rate / LINE - 1) < 0.02
    found.tell(rate, near ? 'undecided' : random.next() < wrong ? lie : truth)
  }
  return found
}

const seeds = Array.from({ length: 200 }, (_, seed) => seed)
const off = (estimate: number) => Math.abs(estimate / LINE - 1)
const spread = (estimates: readonly number[]) => {
  const mean = estimates.reduce((sum, value) => sum + value, 0) / estimates.length
  const variance = estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (estimates.length - 1)
  return Math.sqrt(variance) / mean
}

test('finds the line within 3 % in 25 probes, of which one in seven lies', () => {
  const estimates = seeds.map((seed) => search(seed).estimate())
  expect(estimates.filter((estimate) => off(estimate) <= 0.03).length / seeds.length).toBeGreaterThan(0.95)
  expect(spread(estimates)).toBeLessThanOrEqual(0.03)
})

test('finds it in a range of a hundred, too', () => {
  const estimates = seeds.map((seed) => search(seed, { range: 100, probes: 30 }).estimate())
  expect(medianOf(estimates.map(off))).toBeLessThan(0.01)
})

test('finds it with an oracle that will not decide near the line', () => {
  const found = seeds.map((seed) => search(seed, { wrong: 0.05, shy: true }))
  expect(spread(found.map((one) => one.estimate()))).toBeLessThanOrEqual(0.03)
})

test('its intervals hold the line as often as they say', () => {
  const held = seeds.filter((seed) => {
    const [low, high] = search(seed, { probes: 12 }).interval(0.9)
    return low <= LINE && LINE <= high
  })
  expect(held.length / seeds.length).toBeGreaterThan(0.85)
})

test('begins in the middle of the range, and knows nothing more', () => {
  const found = createSearch({ low: 100, high: 10_000, resolution: 0.01 })
  expect(found.next()).toBeCloseTo(1_000, 6)
  expect(found.interval(0.9)[0]).toBeCloseTo(100 * 100 ** 0.05, 6)
  expect(found.done(0.1)).toBe(false)
})

test('goes up after inside, down after outside, and stays near after undecided', () => {
  const after = (outcome: 'inside' | 'outside' | 'undecided') => {
    const found = createSearch({ low: 100, high: 10_000, resolution: 0.01 })
    found.tell(1_000, outcome)
    return found
  }
  expect(after('inside').next()).toBeGreaterThan(1_000)
  expect(after('outside').next()).toBeLessThan(1_000)
  expect(after('undecided').next()).toBeCloseTo(1_000, 6)
  const [low, high] = after('undecided').interval(0.5)
  expect(high / low).toBeLessThan(9)
})

test('is done when what it believes is narrow enough', () => {
  const found = createSearch({ low: 1_000, high: 2_000, resolution: 0.005 })
  for (let probe = 0; probe < 12; probe += 1) {
    const rate = found.next()
    found.tell(rate, rate < LINE ? 'inside' : 'outside', 0.99)
  }
  expect(found.done(0.02)).toBe(true)
  expect(off(found.estimate())).toBeLessThan(0.01)
})

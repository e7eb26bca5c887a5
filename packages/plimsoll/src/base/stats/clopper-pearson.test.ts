import { expect, test } from 'vitest'
import { betaCdf, clopperPearson, proportionBounds } from './clopper-pearson.ts'

test.each([
  [0, 10, 0, 0.3084971],
  [1, 10, 0.002528579, 0.4450161],
  [5, 10, 0.187086, 0.812914],
  [10, 10, 0.6915029, 1],
  [15, 3000, 0.0028011, 0.0082327],
])('gives the published exact interval for %i of %i', (successes, n, low, high) => {
  const [a, b] = clopperPearson(successes, n, 0.95)
  expect(a).toBeCloseTo(low, 5)
  expect(b).toBeCloseTo(high, 5)
})

test('2,995 clean requests prove an error rate under 0.1 %, 2,994 do not', () => {
  expect(proportionBounds(0, 2995, 0.95).upper).toBeLessThan(0.001)
  expect(proportionBounds(0, 2994, 0.95).upper).toBeGreaterThan(0.001)
})

test('299 clean statements prove under 1 %, 298 do not', () => {
  expect(proportionBounds(0, 299, 0.95).upper).toBeLessThan(0.01)
  expect(proportionBounds(0, 298, 0.95).upper).toBeGreaterThan(0.01)
})

/** P(at most k of n) by adding up, which knows nothing of the beta distribution. */
const atMost = (k: number, n: number, p: number): number => {
  let term = (1 - p) ** n
  let sum = term
  for (let i = 1; i <= k; i += 1) {
    term *= ((n - i + 1) / i) * (p / (1 - p))
    sum += term
  }
  return sum
}

test.each([0.9, 0.95, 0.999])('at its ends the seen count is as unlikely as it claims: %d', (confidence) => {
  const tail = (1 - confidence) / 2
  for (const n of [7, 40, 300, 650]) {
    for (const k of [0, 1, 3, Math.floor(n / 3)]) {
      const [low, high] = clopperPearson(k, n, confidence)
      expect(atMost(k, n, high) / tail).toBeCloseTo(1, 6)
      if (k > 0) expect((1 - atMost(k - 1, n, low)) / tail).toBeCloseTo(1, 6)
    }
  }
})

test('nothing seen says nothing', () => {
  expect(clopperPearson(0, 0, 0.95)).toEqual([0, 1])
})

test('the beta distribution has its symmetric points', () => {
  expect(betaCdf(0.5, 2, 2)).toBeCloseTo(0.5, 12)
  expect(betaCdf(0.3, 1, 1)).toBeCloseTo(0.3, 12)
})

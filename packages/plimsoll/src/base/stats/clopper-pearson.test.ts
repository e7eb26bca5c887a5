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

test('nothing seen says nothing', () => {
  expect(clopperPearson(0, 0, 0.95)).toEqual([0, 1])
})

test('the beta distribution has its symmetric points', () => {
  expect(betaCdf(0.5, 2, 2)).toBeCloseTo(0.5, 12)
  expect(betaCdf(0.3, 1, 1)).toBeCloseTo(0.3, 12)
})

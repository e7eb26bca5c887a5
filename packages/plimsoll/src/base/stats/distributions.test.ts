import { expect, test } from 'vitest'
import { normalQuantile, studentQuantile } from './distributions.ts'
import { medianOf, quantileOf } from './quantile.ts'

test.each([
  [0.975, 1, 12.7062],
  [0.975, 10, 2.22814],
  [0.95, 4, 2.13185],
  [0.025, 30, -2.04227],
  [0.999, 3, 10.21453],
])('gives the published quantile %f of Student with %i degrees', (p, degrees, t) => {
  expect(studentQuantile(p, degrees)).toBeCloseTo(t, 4)
})

test.each([
  [0.975, 1.959964],
  [0.5, 0],
  [0.001, -3.090232],
])('gives the published quantile %f of the normal distribution', (p, z) => {
  expect(normalQuantile(p)).toBeCloseTo(z, 4)
})

test('quantiles lie between neighbours in proportion', () => {
  expect(quantileOf([4, 1, 3, 2], 0.25)).toBe(1.75)
  expect(medianOf([3, 1, 2])).toBe(2)
  expect(medianOf([1, 2])).toBe(1.5)
  expect(quantileOf([5], 0.99)).toBe(5)
  expect(medianOf([])).toBeNaN()
})

import { expect, test } from 'vitest'
import { meets } from '../../model/meets.ts'
import standard from './index.ts'

test.each([
  [0, true],
  [0.0009, true],
  [0.001, false],
  [0.02, false],
])('a proportion of %s fails: meets is %s', (value, good) => {
  expect(meets(standard, value)).toBe(good)
})

import { expect, test } from 'vitest'
import { meets } from '../../model/meets.ts'
import standard from './index.ts'

test.each([
  [0, true],
  [0.0099, true],
  [0.01, false],
  [0.5, false],
])('a proportion of %s is slow: meets is %s', (value, good) => {
  expect(meets(standard, value)).toBe(good)
})

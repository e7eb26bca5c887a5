import { expect, test } from 'vitest'
import { meets } from '../../model/meets.ts'
import standard from './index.ts'

test.each([
  [0.4, true],
  [299.9, true],
  [300, true],
  [300.1, false],
  [Number.POSITIVE_INFINITY, false],
])('recovered after %s s: meets is %s', (value, good) => {
  expect(meets(standard, value)).toBe(good)
})

import { expect, test } from 'vitest'
import { meets } from '../../model/meets.ts'
import standard from './index.ts'

test.each([
  [0.05, true],
  [9.999, true],
  [10, true],
  [10.001, false],
  [Number.POSITIVE_INFINITY, false],
])('exited after %s s: meets is %s', (value, good) => {
  expect(meets(standard, value)).toBe(good)
})

import { expect, test } from 'vitest'
import { meets } from '../../model/meets.ts'
import standard from './index.ts'

test.each([
  [Number.POSITIVE_INFINITY, true],
  [24, true],
  [23, false],
  [0.5, false],
])('%s hours: meets is %s', (value, good) => {
  expect(meets(standard, value)).toBe(good)
})

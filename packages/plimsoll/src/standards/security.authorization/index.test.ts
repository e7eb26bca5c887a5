import { expect, test } from 'vitest'
import { meets } from '../../model/meets.ts'
import standard from './index.ts'

test.each([
  [0, true],
  [1, false],
])('%s operations that let the wrong principal through: meets is %s', (value, good) => {
  expect(meets(standard, value)).toBe(good)
})

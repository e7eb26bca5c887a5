import { expect, test } from 'vitest'
import { meets } from '../../model/meets.ts'
import standard from './index.ts'

test.each([
  [1000, true],
  [1340, true],
  [999, false],
  [96, false],
])('%s requests a second: meets is %s', (value, good) => {
  expect(meets(standard, value)).toBe(good)
})

import { expect, test } from 'vitest'
import { parseDuration } from './parse-duration.ts'

test.each([
  ['90s', 90],
  ['10m', 600],
  ['1h', 3600],
  ['1.5h', 5400],
  [' 2M ', 120],
  ['0s', null],
  ['10', null],
  ['m', null],
  ['-5m', null],
  ['ten minutes', null],
  ['', null],
])('"%s" is %s seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds)
})

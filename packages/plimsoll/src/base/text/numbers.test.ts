import { expect, test } from 'vitest'
import { formatCount, formatDuration, formatNumber } from './numbers.ts'

test('numbers keep four significant digits, and every digit of a whole one', () => {
  expect([0, 12, 1340, 1234567, 0.00123456, 71.25, 1340.6].map(formatNumber)).toEqual([
    '0',
    '12',
    '1,340',
    '1,234,567',
    '0.001235',
    '71.25',
    '1,341',
  ])
})

test('durations choose the unit a person would', () => {
  expect(
    [0, 0.42, 9.96, 380, 999.6, 3_100, 9_960, 42_000, 59_700, 60_000, 84_000, 7_500_000].map(formatDuration),
  ).toEqual([
    '0 ms',
    '0.4 ms',
    '10 ms',
    '380 ms',
    '1.0 s',
    '3.1 s',
    '10 s',
    '42 s',
    '1 min',
    '1 min',
    '1 min 24 s',
    '2 h 5 min',
  ])
})

test('counts agree with their noun', () => {
  expect(formatCount(1, 'route')).toBe('1 route')
  expect(formatCount(1400, 'query', 'queries')).toBe('1,400 queries')
})

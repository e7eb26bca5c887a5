import { styleText } from 'node:util'
import { expect, test } from 'vitest'
import { truncate, visibleWidth, wrap } from './wrap.ts'

test('breaks at spaces, behind the indents', () => {
  expect(wrap('no listener on the pool, so it dies', { width: 20, indent: '  ✖ ', hanging: '    ' })).toEqual(
    ['  ✖ no listener on', '    the pool, so it', '    dies'],
  )
})

test('keeps a word whole that is wider than the line', () => {
  expect(wrap('see src/routes/bookings/create.ts:120 now', { width: 16 })).toEqual([
    'see',
    'src/routes/bookings/create.ts:120',
    'now',
  ])
})

test('keeps the lines that were there', () => {
  expect(wrap('one\n\ntwo', { width: 80, indent: '  ' })).toEqual(['  one', '', '  two'])
})

test('keeps the inset of a line, and a number with its unit', () => {
  expect(wrap('it said\n    at config (config.js:14)', { width: 40, indent: '  ' })).toEqual([
    '  it said',
    '      at config (config.js:14)',
  ])
  expect(wrap('fell from 8 ms to 5.1 s · 3 of 3', { width: 12 })).toEqual([
    'fell from',
    '8 ms to',
    '5.1 s ·',
    '3 of 3',
  ])
})

test('styles take no columns', () => {
  expect(visibleWidth(styleText(['bold', 'red'], '✖ b7k2', { validateStream: false }))).toBe(6)
})

test('truncates with an ellipsis', () => {
  expect([truncate('abcdef', 6), truncate('abcdef', 4), truncate('abc', 0)]).toEqual(['abcdef', 'abc…', ''])
})

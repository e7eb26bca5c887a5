import { describe, expect, test } from 'vitest'
import { meets } from './meets.ts'

const cases = [
  ['<', { below: true, border: false, above: false }],
  ['<=', { below: true, border: true, above: false }],
  ['=', { below: false, border: true, above: false }],
  ['>=', { below: false, border: true, above: true }],
  ['>', { below: false, border: false, above: true }],
] as const

describe.each(cases)('value %s 5', (comparator, expected) => {
  const standard = { threshold: { comparator, value: 5, unit: 's' } }

  test('on both sides and exactly on the border', () => {
    const seen = { below: meets(standard, 4.999), border: meets(standard, 5), above: meets(standard, 5.001) }
    expect(seen).toEqual(expected)
  })

  test('what is not a number keeps no promise', () => {
    expect(meets(standard, Number.NaN)).toBe(false)
  })
})

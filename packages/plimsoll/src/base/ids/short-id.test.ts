import { expect, test } from 'vitest'
import { shortId } from './short-id.ts'

test('the same parts give the same id on every machine', () => {
  expect(
    shortId(['crash-on-store-loss', 'reliability.fault-tolerance', 'postgres: survival']),
  ).toMatchInlineSnapshot(`"eey3"`)
})

test('parts do not run into each other', () => {
  expect(shortId(['a', 'bc'], 12)).not.toBe(shortId(['ab', 'c'], 12))
})

test('ids can be spoken and typed: a letter first, none that look alike', () => {
  for (let index = 0; index < 500; index += 1)
    expect(shortId([`${index}`])).toMatch(/^[a-hjkmnp-z][a-hjkmnp-z2-9]{3}$/)
})

test('a longer id begins with the shorter one', () => {
  expect(shortId(['x'], 8).slice(0, 4)).toBe(shortId(['x']))
})

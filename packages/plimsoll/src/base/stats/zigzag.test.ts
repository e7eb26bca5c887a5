import { expect, test } from 'vitest'
import { decodeZigzags, encodeZigzag } from './zigzag.ts'

test('numbers of any length come back', () => {
  const numbers = [
    0,
    1,
    -1,
    63,
    64,
    -64,
    -65,
    8191,
    8192,
    2 ** 31,
    -(2 ** 40),
    2 ** 48,
    Number.MAX_SAFE_INTEGER,
  ]
  expect(decodeZigzags(Uint8Array.from(numbers.flatMap(encodeZigzag)))).toEqual(numbers)
})

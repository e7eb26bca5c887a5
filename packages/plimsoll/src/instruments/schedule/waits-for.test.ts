import { expect, test } from 'vitest'
import { waitsFor } from './waits-for.ts'

const [mine, theirs] = [new Set([1]), new Set([9])]

test('directly, through others, or not at all', () => {
  expect(waitsFor([{ session: 1, for: [9] }], mine, theirs)).toBe(true)
  expect(waitsFor([{ session: 1, for: [4, 9] }], mine, theirs)).toBe(true)
  const queue = [
    { session: 1, for: [4] },
    { session: 4, for: [5] },
    { session: 5, for: [4, 9] },
  ]
  expect(waitsFor(queue, mine, theirs)).toBe(true)
  expect(waitsFor(queue.slice(0, 2), mine, theirs)).toBe(false)
  expect(waitsFor([{ session: 9, for: [1] }], mine, theirs)).toBe(false)
  expect(waitsFor([], mine, theirs)).toBe(false)
})

test('a circle that the other is not part of ends', () => {
  const circle = [
    { session: 1, for: [2] },
    { session: 2, for: [1] },
  ]
  expect(waitsFor(circle, mine, theirs)).toBe(false)
})

import { expect, test } from 'vitest'
import { createLogAxis } from './log-axis.ts'

test('ends on round values around everything, at least a decade apart', () => {
  const axis = createLogAxis([4.1, 5_200])
  expect([axis.least, axis.most]).toEqual([2, 10_000])
  expect(axis.ticks).toEqual([10, 100, 1_000, 10_000])
  const narrow = createLogAxis([180, 210])
  expect([narrow.least, narrow.most, narrow.ticks]).toEqual([100, 1_000, [100, 200, 500, 1_000]])
})

test('equal factors are equally far apart', () => {
  const { at } = createLogAxis([1, 1_000])
  expect([1, 10, 100, 1_000].map((value) => at(value).toFixed(3))).toEqual([
    '0.000',
    '0.333',
    '0.667',
    '1.000',
  ])
})

test('what cannot be on it stands at its end', () => {
  const { at } = createLogAxis([1, 100])
  expect([at(0), at(-5), at(1e9)]).toEqual([0, 0, 1])
  expect(createLogAxis([]).ticks).toEqual([1, 2, 5, 10])
  expect(createLogAxis([0]).at(0)).toBe(0)
})

import { expect, test } from 'vitest'
import { describeRows } from './rows.ts'

test.each([
  [0, 0, 'nothing'],
  [1, 0, '1 row added'],
  [2, 2, '2 rows changed'],
  [3, 1, '2 rows added, 1 row changed'],
  [0, 2, '2 rows removed'],
])('%i added and %i removed', (added, removed, said) => {
  expect(describeRows({ added, removed })).toBe(said)
})

import { expect, test } from 'vitest'
import { foreignCores } from './reading.ts'

test.each([
  ['processes and machine agree', 0.5, 0.02, 5_000, 0.5],
  ['sampling explains the difference', 0.5, 0.08, 5_000, 0.5],
  ['somebody was there whom nobody saw', 0.1, 0.8, 5_000, 0.9],
  ['a short look samples too little to say so', 0.1, 0.8, 20, 0.1],
  ['interrupts taken for the work of a process', 0.5, -0.6, 5_000, 0.5],
  ['never more than there is', 1.5, 0.9, 5_000, 2],
])('%s', (_, told, rest, durationMs, expected) => {
  expect(foreignCores(told, rest, 2, durationMs)).toBeCloseTo(expected, 9)
})

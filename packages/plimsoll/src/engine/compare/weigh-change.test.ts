import { expect, test } from 'vitest'
import { weighChange } from './weigh-change.ts'

const lower = { better: 'lower', slack: 1 } as const
const higher = { better: 'higher', slack: 1 } as const

test.each([
  // change, low, high, rounds, answer
  [1.1, 1.08, 1.12, [1.1, 1.1], 'worse'],
  [1.1, 1.02, 1.3, [1.1, 1.1], 'worse'],
  [1.1, 0.99, 1.2, [1.1, 1.1], "can't tell"],
  [1.1, 1.08, 1.12, [1.2, 1.01], "can't tell"],
  [1.02, 1.01, 1.08, [1.02, 1.02], "can't tell"],
  [1.02, 1.01, 1.04, [1.02, 1.02], 'same'],
  [1, 0.96, 1.04, [1.04, 0.97], 'same'],
  [1, 0.9, 1.1, [1, 1], "can't tell"],
  [0.9, 0.88, 0.93, [0.9, 0.9], 'better'],
  [0.9, 0.88, 0.93, [0.9, 0.99], "can't tell"],
] as const)('%d (%d … %d) in rounds %o of what should be low is %s', (ratio, low, high, rounds, answer) => {
  expect(weighChange({ ratio, interval: [low, high] }, rounds, lower, 0.05)).toBe(answer)
})

test('of what should be high, less is worse', () => {
  const less = { ratio: 0.9, interval: [0.88, 0.93] } satisfies Parameters<typeof weighChange>[0]
  expect(weighChange(less, [0.9, 0.91], higher, 0.05)).toBe('worse')
  expect(weighChange({ ratio: 1.1, interval: [1.07, 1.15] }, [1.1], higher, 0.05)).toBe('better')
})

test('the margin widens what is the same, and slack widens it further', () => {
  const some = { ratio: 1.07, interval: [1.06, 1.08] } satisfies Parameters<typeof weighChange>[0]
  expect(weighChange(some, [1.07], lower, 0.05)).toBe('worse')
  expect(weighChange(some, [1.07], lower, 0.1)).toBe('same')
  expect(weighChange(some, [1.07], { ...lower, slack: 2 }, 0.05)).toBe('same')
})

import { expect, test } from 'vitest'
import { casesOf, chosenFor } from './route.ts'

/** What has been seen must be right, and what has not been seen mostly so. */
const LEAST = { practice: 0.95, evaluation: 0.9 } as const

test.each(['practice', 'evaluation'] as const)('%s: the labelled agent is chosen', (half) => {
  const cases = casesOf(half)
  const wrong = cases.filter((each) => chosenFor(each) !== each.expect)
  expect(cases.length).toBeGreaterThanOrEqual(100)
  const told = wrong.map(({ task, expect: expected }) => `${task}: not ${expected}`).join('\n')
  expect(1 - wrong.length / cases.length, told).toBeGreaterThanOrEqual(LEAST[half])
})

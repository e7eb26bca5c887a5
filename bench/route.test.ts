import { expect, test } from 'vitest'
import { casesOf, chosenFor } from './route.ts'

/** What has been seen must be right; what has not been seen must not become worse than it was. */
const LEAST = { practice: 0.95, evaluation: 0.78 } as const
const FEWEST = { practice: 150, evaluation: 75 } as const

test.each(['practice', 'evaluation'] as const)('%s: the labelled agent is chosen', (half) => {
  const cases = casesOf(half)
  const wrong = cases.filter((each) => chosenFor(each) !== each.expect)
  expect(cases.length).toBeGreaterThanOrEqual(FEWEST[half])
  const told = wrong.map(({ task, expect: expected }) => `${task}: not ${expected}`).join('\n')
  expect(1 - wrong.length / cases.length, told).toBeGreaterThanOrEqual(LEAST[half])
})

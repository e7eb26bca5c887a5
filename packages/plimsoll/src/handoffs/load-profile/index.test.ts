import { expect, test } from 'vitest'
import { handoffInput } from '../../../../../test/support/handoff-input.ts'
import loadProfile from './index.ts'

test('figures are those of the Run, and what is missing is said to be', () => {
  const [page, data] = loadProfile.make(handoffInput())
  expect(page?.text).toContain('1,340/s (1,290–1,390) at p99 < 200 ms')
  expect(JSON.parse(data?.text ?? '')).toMatchObject({
    run: '20261122-3f2c',
    loadLine: { line: { ratePerSecond: 1340 } },
  })
  expect(loadProfile.make(handoffInput(false))[0]?.text).toContain(
    'Not measured. `plimsoll prove --only load-line`',
  )
})

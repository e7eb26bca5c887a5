import { expect, test } from 'vitest'
import { handoffInput } from '../../../../../test/support/handoff-input.ts'
import threatModel from './index.ts'

test('every security finding stands in it with its replay, and what was not tried is said', () => {
  const input = handoffInput()
  const [{ text = '' } = {}] = threatModel.make(input)
  const missing = (input.run?.verdicts ?? []).filter(
    ({ status, tier, standard, id }) =>
      status === 'refuted' &&
      tier === 'defect' &&
      standard.startsWith('security.') &&
      !text.includes(`plimsoll replay ${id}`),
  )
  expect(missing.map(({ id, standard }) => `${id} ${standard}`)).toEqual([])
  expect(text).toContain('| POST /bookings | yes | guarded |')
  expect(threatModel.make(handoffInput(false))[0]?.text).toContain('Nothing was tried.')
})

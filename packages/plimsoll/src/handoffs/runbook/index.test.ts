import { expect, test } from 'vitest'
import { handoffInput } from '../../../../../test/support/handoff-input.ts'
import runbook from './index.ts'

test('what was seen to break stands where it is looked for', () => {
  const [{ text = '' } = {}] = runbook.make(handoffInput())
  expect(text).toContain('Known, and not mended:')
  expect(text).toContain('| `JWT_SECRET` | yes | yes |  |')
  expect(text).not.toContain('change-me')
  expect(runbook.make(handoffInput(false))[0]?.text).toContain('What it does then was not tried.')
})

import { expect, test } from 'vitest'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import delegate from './index.ts'

test('what the other agent came to', async () => {
  const lent = {
    delegate: async (agent: string, task: string) => ({ agent, outcome: 'answered', text: `${task}: done` }),
  }
  const { text } = await callTool(delegate, { agent: '@frontend', task: 'A list of orders' }, '.', lent)
  expect(text).toBe('frontend: answered\nA list of orders: done')
})

test('a long answer is cut', async () => {
  const lent = {
    delegate: async (agent: string) => ({ agent, outcome: 'proven', text: 'many words\n'.repeat(2_000) }),
  }
  const { text } = await callTool(delegate, { agent: 'devops', task: 'x' }, '.', lent)
  expect(byteLength(text)).toBeLessThanOrEqual(4_000)
  expect(text).toContain('more lines: the rest is in the journal of that agent')
})

test('where nobody can be asked', async () => {
  expect(await callTool(delegate, { agent: 'devops', task: 'x' }, '.')).toMatchObject({ failed: true })
  expect(delegate.subjects(delegate.input.parse({ agent: '@devops', task: 'x' }))).toEqual([
    { kind: 'agent', text: 'devops' },
  ])
})

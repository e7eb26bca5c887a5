import { expect, test } from 'vitest'
import { callTool } from '../../../../../test/support/tool-context.ts'
import ask from './index.ts'

test('the answer of whoever drives', async () => {
  const asked: unknown[] = []
  const lent = {
    ask: async (question: string, choices?: readonly string[]) => {
      asked.push(question, choices)
      return 'soft'
    },
  }
  const input = { question: 'Soft or hard delete?', choices: ['soft', 'hard'] }
  expect(await callTool(ask, input, '.', lent)).toEqual({ text: 'Answer: soft' })
  expect(asked).toEqual(['Soft or hard delete?', ['soft', 'hard']])
})

test('where nobody is, it says what to do instead', async () => {
  expect(await callTool(ask, { question: 'Which?' }, '.')).toEqual({
    text: 'Nobody is there to answer. Take the most careful reading of the task, and say in your last message which one you took.',
    failed: true,
  })
})

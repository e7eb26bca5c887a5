import { describe, expect, it } from 'vitest'
import type { Message } from '../model/model.ts'
import { shortenOld, summariseOld } from './compact.ts'
import { sizeOf } from './estimate-tokens.ts'

const turn = (index: number): Message[] => [
  {
    ...{
      role: 'assistant',
      text: `Step ${index}.`,
      thoughts: [{ text: 'hm', provider: { anthropic: { signature: 's' } } }],
    },
    calls: [{ id: `c${index}`, tool: 'write', input: { path: 'a', text: 'x'.repeat(4_000) } }],
  },
  { role: 'tool', call: `c${index}`, tool: 'write', text: 'y'.repeat(4_000), failed: false },
]
const long: Message[] = [
  { role: 'user', text: 'THE TASK' },
  ...Array.from({ length: 10 }, (_, at) => turn(at)).flat(),
]

const isWhole = (messages: readonly Message[]) => {
  const calls = messages.flatMap((one) => (one.role === 'assistant' ? one.calls.map(({ id }) => id) : []))
  const answers = messages.flatMap((one) => (one.role === 'tool' ? [one.call] : []))
  expect(answers).toEqual(calls)
}

describe('a conversation that is too long', () => {
  it('loses the middle of old answers first, and nothing of the newest turns', () => {
    const shorter = shortenOld(long)
    isWhole(shorter)
    expect(shorter).toHaveLength(long.length)
    expect(sizeOf(shorter)).toBeLessThan(sizeOf(long) * 0.6)
    const [newest, first] = [shorter.at(-1), shorter[2]]
    expect(newest?.role === 'tool' && newest.text.length).toBe(4_000)
    expect(first?.role === 'tool' && first.text).toContain('characters left out to save room')
  })

  it('keeps the task, the note and the newest turns', () => {
    const { messages, replaced } = summariseOld(long, 'THE NOTE', (each) => sizeOf(each) < 30_000)
    isWhole(messages)
    expect(messages.slice(0, 2)).toEqual([long[0], { role: 'user', text: 'THE NOTE' }])
    expect(messages).toHaveLength(2 + 6)
    expect(long[replaced + 1]).toMatchObject({ role: 'assistant', text: 'Step 7.' })
  })

  it('shortens even the newest turns where nothing else fits', () => {
    const { messages } = summariseOld(long, 'THE NOTE', () => false)
    isWhole(messages)
    expect(messages).toHaveLength(2 + 4)
    expect(sizeOf(messages)).toBeLessThan(10_000)
  })
})

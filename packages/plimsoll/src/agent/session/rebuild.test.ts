import { expect, it } from 'vitest'
import type { Entry, NewEntry } from '../journal/journal.ts'
import { rebuildMessages } from './rebuild.ts'

const branch = (...entries: NewEntry[]): Entry[] =>
  entries.map((entry, index) => ({ ...entry, id: `e${index}`, parent: null, at: '2026-11-23T00:00:00.000Z' }))

const user = (text: string): NewEntry => ({ kind: 'message', message: { role: 'user', text } })
const calls = (...ids: string[]): NewEntry => ({
  kind: 'message',
  message: { role: 'assistant', text: '', calls: ids.map((id) => ({ id, tool: 'bash', input: {} })) },
})
const answer = (call: string): NewEntry => ({
  kind: 'message',
  message: { role: 'tool', call, tool: 'bash', text: 'ok', failed: false },
})

it('answers the calls that a crash cut off: state unknown, or not run', () => {
  const kept = rebuildMessages(
    branch(user('task'), calls('a', 'b', 'c'), { kind: 'calling', call: 'a', tool: 'bash' }, answer('a'), {
      ...{ kind: 'calling', call: 'b', tool: 'bash' },
    }),
  )
  const texts = kept.flatMap(({ message }) =>
    message.role === 'tool' ? [`${message.call}: ${message.text}`] : [],
  )
  expect(texts.sort().join('\n')).toMatchInlineSnapshot(`
    "a: ok
    b: The session was interrupted while this ran: whether it took effect is not known. Look at what is there before you repeat it.
    c: Not run: the session was interrupted before."
  `)
})

it('puts the note in the place of what was compacted', () => {
  const kept = rebuildMessages(
    branch(
      user('task'),
      calls('a'),
      answer('a'),
      calls('b'),
      answer('b'),
      {
        ...{ kind: 'compacted', summary: 'NOTE', upTo: 'e2' },
      },
      user('more'),
    ),
  )
  expect(
    kept.map(({ entry, message }) => [entry, message.role, 'text' in message ? message.text : '']),
  ).toEqual([
    ['e0', 'user', 'task'],
    ['e5', 'user', 'NOTE'],
    ['e3', 'assistant', ''],
    ['e4', 'tool', 'ok'],
    ['e6', 'user', 'more'],
  ])
})

import { expect, test } from 'vitest'
import { shortMessage } from './short-message.ts'

const thrown = new Error('It did not get ready.\n  │ one\n  │ two\n  │ three')

test.each([
  [1, 'It did not get ready.'],
  [3, 'It did not get ready.\n  │ two\n  │ three'],
  [9, thrown.message],
])('in %d lines', (most, text) => {
  expect(shortMessage(thrown, most)).toBe(text)
})

test('what is no error is told as it is', () => {
  expect(shortMessage('stopped', 2)).toBe('stopped')
})

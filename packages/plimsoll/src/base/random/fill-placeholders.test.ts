import { expect, test } from 'vitest'
import { fillJson, fillPlaceholders, holdsPlaceholder } from './fill-placeholders.ts'
import { createRandom } from './random.ts'

test.each([
  ['/books/{{word}}', true],
  ['{{number}}', true],
  ['/books/{{name}}', false],
  ['{{ word }}', false],
  ['{{toString}}', false],
])('%s holds a placeholder of ours: %s', (text, holds) => {
  expect(holdsPlaceholder(text)).toBe(holds)
})

test('text is filled anew each time, and from the seed', () => {
  const random = createRandom(1)
  const first = fillPlaceholders('a-{{word}}-{{digits}}', random)
  expect(first).toMatch(/^a-[a-z0-9]{10}-\d{9}$/)
  expect(fillPlaceholders('a-{{word}}-{{digits}}', random)).not.toBe(first)
  expect(fillPlaceholders('a-{{word}}-{{digits}}', createRandom(1))).toBe(first)
})

test('a whole placeholder of JSON keeps its type; keys, escapes and the rest of the text stay', () => {
  const body =
    '{ "{{word}}": "{{number}}", "id":"{{digits}}", "say": "\\"{{number}}\\"", "big":12345678901234567890 }'
  expect(fillJson(body, createRandom(1))).toMatch(
    /^\{ "\{\{word\}\}": \d+, "id":"\d{9}", "say": "\\"\d+\\"", "big":12345678901234567890 \}$/,
  )
  expect(fillJson('{"a":"{{name}}"}', createRandom(1))).toBe('{"a":"{{name}}"}')
})

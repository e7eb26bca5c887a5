import { expect, test } from 'vitest'
import { addItem, addKey, removeItem, removeKey } from './json-edit.ts'

const SERVER = { command: 'npx', args: ['plimsoll', 'mcp'] }
const PATH = ['mcpServers', 'plimsoll']

const TEXTS: readonly [string, string][] = [
  ['two spaces', '{\n  "mcpServers": {\n    "other": { "command": "x" }\n  }\n}\n'],
  [
    'tabs and CRLF',
    '{\r\n\t"mcpServers": {\r\n\t\t"other": {\r\n\t\t\t"command": "x"\r\n\t\t}\r\n\t}\r\n}\r\n',
  ],
  [
    'comments',
    '// top\n{\n  // servers\n  "mcpServers": {\n    "other": { "command": "x" } // mine\n  } /* end */\n}\n',
  ],
  ['a trailing comma', '{\n  "mcpServers": {\n    "other": { "command": "x" },\n  },\n}'],
  ['one line', '{"a": [1, 2], "mcpServers": {"other": {"command": "x"}}}'],
  ['other keys only', '{\n    "theme": "dark", // always\n    "list": [\n        1\n    ]\n}\n'],
  ['a byte order mark', '\uFEFF{\n  "a": 1\n}\n'],
]

test.each(TEXTS)('%s: what is there keeps its bytes, and comes back', (_, text) => {
  const added = addKey(text, PATH, SERVER)
  expect(added).not.toBe(text)
  expect(addKey(added, PATH, SERVER)).toBe(added)
  expect(removeKey(added, PATH, SERVER)).toBe(text)
})

test.each(TEXTS)('%s: a list of hooks takes one more, and gives it back', (_, text) => {
  const path = ['hooks', 'Stop']
  const hook = { hooks: [{ type: 'command', command: 'plimsoll gate' }] }
  const added = addItem(text, path, hook)
  expect(addItem(added, path, hook)).toBe(added)
  const other = addItem(added, path, { hooks: [] })
  expect(removeItem(removeItem(other, path, hook), path, { hooks: [] })).toBe(text)
})

test('the layout around it is taken over', () => {
  expect(addKey('{\n\t"mcpServers": {\n\t\t"a": 1 // one\n\t}\n}\n', PATH, SERVER)).toBe(
    '{\n\t"mcpServers": {\n\t\t"a": 1, // one\n\t\t"plimsoll": {\n\t\t\t"command": "npx",\n\t\t\t"args": ["plimsoll", "mcp"]\n\t\t}\n\t}\n}\n',
  )
})

test('what somebody else has there under our name stays', () => {
  const text = '{ "mcpServers": { "plimsoll": { "command": "mine" } } }'
  expect(addKey(text, PATH, SERVER)).toBe(text)
  expect(removeKey(text, PATH, SERVER)).toBe(text)
})

test.each([
  ['{ "mcpServers": [] }', 'holds another kind of value than is needed there'],
  ['{ "mcpServers": null }', 'holds another kind of value than is needed there'],
  ['{ "a": }', 'is no valid JSON'],
  ['{ "a": 1', 'is no valid JSON'],
  ['', 'is no valid JSON'],
])('%j is not touched', (text, reason) => {
  expect(() => addKey(text, PATH, SERVER)).toThrow(reason)
})

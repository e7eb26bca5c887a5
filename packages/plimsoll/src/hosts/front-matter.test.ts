import { expect, test } from 'vitest'
import { readFrontMatter } from './front-matter.ts'

test.each([
  ['a plain head', '---\nname: a\n---\nBody', { name: 'a' }, 'Body', 4],
  [
    'a byte order mark and CRLF',
    '\uFEFF---\r\nname: a\r\n---\r\nBody\r\nmore',
    { name: 'a' },
    'Body\nmore',
    4,
  ],
  [
    'a comment and a blank line before it',
    '<!-- from\nsomewhere -->\n\n---\nname: a\n---\nBody',
    { name: 'a' },
    'Body',
    7,
  ],
  ['no head', '# Title\n\nBody', {}, '# Title\n\nBody', 1],
  ['a rule, no head', '---\n\nBody below a rule', {}, '---\n\nBody below a rule', 1],
  ['an empty head', '---\n---\nBody', {}, 'Body', 3],
  ['tabs', '---\ntools:\n\tread:\ttrue\n---\nBody', { tools: { read: true } }, 'Body', 5],
  [
    'colons without quotes',
    '---\ndescription: Use this: when it burns\nname: a\n---\nBody',
    { description: 'Use this: when it burns', name: 'a' },
    'Body',
    5,
  ],
  ['globs without quotes', '---\nglobs: *.ts,src/**\n---\nBody', { globs: '*.ts,src/**' }, 'Body', 4],
  [
    'a long text with colons and quotes',
    '---\ndescription: "quoted: yes"\nwhen: say "now": then go # really\n---\nBody',
    { description: 'quoted: yes', when: 'say "now": then go # really' },
    'Body',
    5,
  ],
  [
    'patterns as keys',
    '---\npermission:\n  bash:\n    "*": ask\n    git log*: allow\n---\nBody',
    { permission: { bash: { '*': 'ask', 'git log*': 'allow' } } },
    'Body',
    7,
  ],
  ['a star that is no alias', '---\nname: *a\n---\nBody', { name: '*a' }, 'Body', 4],
  ['dots at its end', '---\nname: a\n...\nBody', { name: 'a' }, 'Body', 4],
])('%s', (_, text, values, body, bodyLine) => {
  const found = readFrontMatter(text)
  expect({ values: found.values, body: found.body, bodyLine: found.bodyLine, error: found.error }).toEqual({
    ...{ values, body, bodyLine, error: null },
  })
})

test('a key knows its line in the file', () => {
  const { lineOf } = readFrontMatter('<!-- x -->\n---\nname: a\n"model": b\n---\n')
  expect([lineOf('name'), lineOf('model'), lineOf('tools')]).toEqual([3, 4, null])
})

test.each([
  [
    '---\nname: a\ndescription: b\n',
    {
      line: 1,
      problem: 'The head that begins in line 1 has no end',
      fix: 'Add a line "---" below its last key.',
    },
  ],
  [
    '---\nname: a\ntools: [read\n---\nBody',
    {
      line: 3,
      problem:
        'Its head is no YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
      fix: 'Put the value of that line into double quotes, or mend its indentation.',
    },
  ],
  [
    '---\n- name\n---\nBody',
    {
      line: 2,
      problem: 'The head has no keys',
      fix: 'Write one "key: value" a line between the lines of dashes.',
    },
  ],
])('%j is explained', (text, error) => {
  expect(readFrontMatter(text).error).toEqual(error)
})

import { expect, test } from 'vitest'
import { parseMarkdown, parseSpans } from './parse-markdown.ts'

test('reads the blocks that explanations are made of', () => {
  const text = '# Title\n\nOne\ntwo.\n\n1. first\n   goes on\n2. second\n\n- a\n\n```js\nf()\n```\nlast'
  expect(parseMarkdown(text)).toEqual([
    { kind: 'heading', level: 1, text: 'Title' },
    { kind: 'paragraph', text: 'One two.' },
    { kind: 'list', ordered: true, items: ['first goes on', 'second'] },
    { kind: 'list', ordered: false, items: ['a'] },
    { kind: 'code', text: 'f()' },
    { kind: 'paragraph', text: 'last' },
  ])
})

test('code that never ends ends with the text', () => {
  expect(parseMarkdown('```\na')).toEqual([{ kind: 'code', text: 'a' }])
})

test('reads spans, and leaves only the words of a link', () => {
  expect(parseSpans('see `a*b*` and **c**, *d* in [e](http://x), 2 * 3')).toEqual([
    { kind: 'text', text: 'see ' },
    { kind: 'code', text: 'a*b*' },
    { kind: 'text', text: ' and ' },
    { kind: 'strong', text: 'c' },
    { kind: 'text', text: ', ' },
    { kind: 'em', text: 'd' },
    { kind: 'text', text: ' in e, 2 * 3' },
  ])
})

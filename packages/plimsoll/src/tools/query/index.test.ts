import { expect, test } from 'vitest'
import { testDoor } from '../../../../../test/support/test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import type { QueryAnswer } from '../../engine/door/door.ts'
import query from './index.ts'

const ask = (answer: Omit<QueryAnswer, 'store'>) => {
  const door = testDoor({ query: async () => ({ ...answer, store: 'postgres (lab)' }) })
  return callTool(query, { sql: 'SELECT 1' }, '.', { door })
}

test('rows as a table', async () => {
  const { text } = await ask({
    columns: ['id', 'name'],
    rows: [
      ['1', null],
      ['2', 'two\nlines'],
    ],
    more: 3,
  })
  expect(text).toBe(
    '5 rows · postgres (lab)\nid\tname\n1\tNULL\n2\ttwo\\nlines\n(3 more rows: narrow it with WHERE or LIMIT)',
  )
})

test('never longer than an answer may be', async () => {
  const rows = Array.from({ length: 200 }, () => Array.from({ length: 30 }, () => 'wide '.repeat(100)))
  const { text } = await ask({
    columns: Array.from({ length: 30 }, (_, at) => `column ${at}`),
    rows,
    more: 0,
  })
  expect(byteLength(text)).toBeLessThanOrEqual(4_000)
})

test('what it is about', () => {
  expect(query.subjects(query.input.parse({ sql: 'SELECT 1' }))).toEqual([
    { kind: 'query', text: 'SELECT 1' },
  ])
})

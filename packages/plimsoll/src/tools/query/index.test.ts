import { expect, test } from 'vitest'
import { openTestDoor } from '../../../../../test/support/open-test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import type { QueryAnswer } from '../../engine/door/door.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import query from './index.ts'

/** The lab is its own test's: here it answers at once. */
const ask = async (answer: Omit<QueryAnswer, 'store'>) => {
  const fixture = writeFixture({ 'package.json': { name: 'ledger' } })
  const door = {
    ...(await openTestDoor(fixture.dir)),
    query: async () => ({ ...answer, store: 'postgres (lab)' }),
  }
  try {
    return await callTool(query, { sql: 'SELECT 1' }, fixture.dir, { door })
  } finally {
    await door.close()
    fixture.remove()
  }
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

import { expect, test } from 'vitest'
import { isWrite, touchesData, verbOf } from './verb.ts'

test.each([
  ['SELECT 1', 'select'],
  ['  \n-- by the ORM\n/* hint */ INSERT INTO books VALUES (1)', 'insert'],
  ['/* a */ /* b */update books set n = 1', 'update'],
  ['WITH x AS (SELECT 1) SELECT * FROM x', 'select'],
  ['WITH gone AS (DELETE FROM books RETURNING *) SELECT * FROM gone', 'delete'],
  ['WITH n AS (SELECT 1) INSERT INTO books SELECT * FROM n', 'insert'],
  ['BEGIN', 'begin'],
  ['(SELECT 1) UNION (SELECT 2)', 'select'],
  ['', ''],
  ['-- only a comment', ''],
])('%j', (sql, verb) => {
  expect(verbOf(sql)).toBe(verb)
})

test('reads, writes, and neither', () => {
  const said = (sql: string) => [isWrite(sql), touchesData(sql)]
  expect(said('select 1')).toEqual([false, true])
  expect(said('TRUNCATE books')).toEqual([true, true])
  expect(said('COPY books FROM STDIN')).toEqual([true, true])
  expect(said('SET search_path = public')).toEqual([false, false])
  expect(said('COMMIT')).toEqual([false, false])
})

test('FOR UPDATE in a CTE is a read', () => {
  expect(verbOf('WITH one AS (SELECT * FROM books FOR UPDATE) SELECT * FROM one')).toBe('select')
})

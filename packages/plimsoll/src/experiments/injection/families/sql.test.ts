import { expect, test } from 'vitest'
import { MARK, sighting } from '../../../../../../test/support/sighting.ts'
import { sql } from './sql.ts'

test.each([
  ['in a literal that ended', `select * from books where title = ? || ? || ${MARK} || ?`],
  ['after a number', `select * from books where id = ? ? ${MARK} ?`],
  ['in ORDER BY', `select * from books order by title?||?||${MARK}||?`],
  ['in a quoted name that ended', `select * from books order by "title"||${MARK}||""`],
])('a word of ours among the tokens is a proof: %s', (_, shape) => {
  expect(sql.weigh([sighting({ shapes: [shape] })])).toMatchObject({ severity: 'critical' })
})

test.each([
  ['a parameter', ['select * from books where title = ?'], 200],
  ['a literal with doubled quotes', ['select * from books where title = ?'], 500],
  ['a quoted name', [`select * from books order by "x'||'${MARK}'||${MARK}||'"`], 500],
  ['a cleaned name', [`select * from books order by x${MARK}${MARK}`], 500],
  ['a list of cleaned names', [`select * from books order by x, ${MARK}, ${MARK}`], 500],
  ['no statement and an error', [], 500],
])('what stays a value, or a name, proves nothing: %s', (_, shapes, status) => {
  expect(
    sql.weigh([sighting({ shapes, answer: { status, body: `syntax error at or near "${MARK}"` } })]),
  ).toBeNull()
})

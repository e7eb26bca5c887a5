import { expect, test } from 'vitest'
import { lines, statement, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/performance.queries/index.ts'
import experiment, { type Seen } from './index.ts'
import { summarise } from './summarise.ts'

type Asked = Seen['routes'][number]['asked'][number]

const AUTHOR = 'select * from authors where id = $1'
const nPlusOne = (rows: number): Asked => ({
  statements: rows + 1,
  rows,
  parent: 'select * from books',
  repeated: [{ shape: AUTHOR, times: rows, distinct: rows, example: statement({ shape: AUTHOR }) }],
})
const judge = (...asked: Asked[]) => {
  const seen: Seen = { store: 'postgres', routes: [{ route: 'GET /books', path: '/books', asked }] }
  return experiment.judge(experiment.observes.parse(seen), standard)
}
const three = (asked: Asked) => judge(asked, asked, asked)

test('a list with one more statement for every row is a defect when it is long enough', () => {
  const judged = three(nPlusOne(20))
  expect(judged.map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "21 statements for 20 rows: one ran 20 times, each with its own parameters",
        "severity": "medium",
        "status": "refuted",
        "subject": "GET /books",
        "tier": "defect",
        "title": "A list runs one more statement for every row",
      },
    ]
  `)
  expect(judged[0]?.figures[0]).toMatchObject({ value: 21, n: 3 })
})

test('a short list is a suspicion, and of two rows nothing is said', () => {
  expect(lines(three(nPlusOne(5)))).toEqual(['refuted suspicion GET /books'])
  expect(three(nPlusOne(2)).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "2 times the same statement for 2 rows: too few to tell",
        "status": "inconclusive",
        "subject": "GET /books",
        "title": "Whether a list costs a fixed number of statements could not be told",
      },
    ]
  `)
})

test('a proof on a list too short to show anything says so', () => {
  const [short] = three({ statements: 2, rows: 1, parent: 'select', repeated: [] })
  expect(short?.status).toBe('proven')
  expect(short?.notCovered).toEqual(['lists of which the seeded data shows fewer than 3 rows'])
  expect(three({ statements: 2, rows: 3, parent: 'select', repeated: [] })[0]?.notCovered).toEqual([])
})

test('a request that no longer reaches the store proves nothing', () => {
  expect(lines(three({ statements: 0, rows: 0, parent: null, repeated: [] }))).toEqual([
    'inconclusive GET /books',
  ])
})

test('two statements for every row are found as well', () => {
  const asked = nPlusOne(10)
  const [group] = asked.repeated
  expect(lines(three({ ...asked, repeated: group ? [{ ...group, times: 20 }] : [] }))).toEqual([
    'refuted defect GET /books',
  ])
})

test('a fixed number, or one that does not follow the rows, is proven', () => {
  expect(
    three({ statements: 2, rows: 20, parent: 'select', repeated: [] }).map(worded),
  ).toMatchInlineSnapshot(`
    [
      {
        "detail": "2 statements for 20 rows",
        "status": "proven",
        "subject": "GET /books",
        "title": "A read costs a fixed number of statements",
      },
    ]
  `)
  const asked = nPlusOne(20)
  const repeat = (parts: object) => ({
    ...asked,
    repeated: asked.repeated.map((one) => ({ ...one, ...parts })),
  })
  expect(lines(three(repeat({ times: 7, distinct: 7 })))).toEqual(['proven GET /books'])
  expect(lines(three(repeat({ distinct: 1 }))), 'the same question again and again').toEqual([
    'proven GET /books',
  ])
})

test('what happens once only is not a habit', () => {
  const once = { statements: 1, rows: 20, parent: 'select', repeated: [] }
  expect(lines(judge(nPlusOne(20), once, once))).toEqual(['proven GET /books'])
})

test('nothing asked, nothing said', () => {
  expect(experiment.judge({ store: 'postgres', routes: [] }, standard)).toEqual([])
  expect(judge()).toEqual([])
})

test('statements of one request are summed up by shape', () => {
  const author = (id: string) =>
    statement({ sql: 'SELECT * FROM authors WHERE id = $1', shape: AUTHOR, parameters: [id], rows: 1 })
  const records = [
    statement({ sql: 'BEGIN', shape: 'begin', rows: null }),
    statement({ sql: 'SELECT 1', shape: 'select ?', rows: 1 }),
    statement({ rows: 4 }),
    ...['1', '2', '2', '3'].map(author),
    statement({ sql: 'COMMIT', shape: 'commit', rows: null }),
  ]
  expect(summarise(records)).toEqual({
    statements: 6,
    rows: 4,
    parent: 'select * from books',
    repeated: [{ shape: AUTHOR, times: 4, distinct: 3, example: author('1') }],
  })
  expect(summarise([])).toEqual({ statements: 0, rows: 0, parent: null, repeated: [] })
})

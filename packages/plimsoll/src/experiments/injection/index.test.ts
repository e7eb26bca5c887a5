import { expect, test } from 'vitest'
import { lines, worded } from '../../../../../test/support/exchange.ts'
import { MARK, sighting } from '../../../../../test/support/sighting.ts'
import standard from '../../standards/security.input/index.ts'
import experiment, { type Seen } from './index.ts'

const quiet: Seen = {
  requests: 40,
  canary: true,
  sql: 'wire',
  tried: [
    { operation: 'GET /books', inputs: ['query.sort'], attempts: 9, left: 1, reached: true },
    { operation: 'POST /books', inputs: ['body.title', 'body.isbn'], attempts: 20, left: 0, reached: true },
  ],
  attempts: [],
  losses: [],
  left: [],
}
const place = { file: 'server.js', line: 9 }
const judge = (parts: Partial<Seen> = {}) =>
  experiment.judge(experiment.observes.parse({ ...quiet, ...parts }), standard)

const attempt = (parts: Partial<Seen['attempts'][number]> = {}): Seen['attempts'][number] => ({
  family: 'sql',
  operation: 'GET /books',
  input: 'query.sort',
  place,
  origin: { place: { file: 'books.js', line: 4 }, excerpt: 'ORDER BY sort' },
  sightings: [sighting({ shapes: [`select * from books order by x? || ${MARK} || ?`] })],
  ...parts,
})

test('operations at which nothing came of anything are proven', () => {
  expect(lines(judge())).toEqual(['proven GET /books', 'proven POST /books'])
})

test('what proved itself is one finding for an operation, with weakness, place and statement', () => {
  const [first, ...rest] = judge({ attempts: [attempt(), attempt({ input: 'query.direction' })] })
  expect(first && worded(first)).toMatchInlineSnapshot(`
    {
      "detail": "query.sort, query.direction: text of the caller became part of the statement itself",
      "severity": "critical",
      "status": "refuted",
      "subject": "GET /books: SQL injection",
      "tier": "defect",
      "title": "GET /books runs SQL that the caller writes",
    }
  `)
  expect(first).toMatchObject({ cwe: 89, places: [{ file: 'books.js', line: 4 }] })
  expect(first?.evidence.map(({ kind }) => kind)).toEqual(['exchange', 'statements', 'source'])
  expect(lines(rest)).toEqual(['proven POST /books'])
})

test('observations that do not prove it accuse nobody', () => {
  const innocent = [sighting({ shapes: ['select * from books where title = ?'], answer: { status: 500 } })]
  expect(lines(judge({ attempts: [attempt({ sightings: innocent })] }))).toEqual([
    'proven GET /books',
    'proven POST /books',
  ])
})

test('a process that ended is a suspicion: another experiment judges crashes', () => {
  const losses = [{ operation: 'POST /books', input: 'body.title', sent: 'x', why: 'exited' as const }]
  expect(lines(judge({ losses }))[0]).toBe('refuted suspicion POST /books: odd input')
})

test('what was left out is said', () => {
  const [first] = judge({
    canary: false,
    left: [{ family: 'path traversal', places: 3 }],
    losses: [{ operation: 'POST /login', input: 'body.name', sent: 'x', why: 'limited' }],
  })
  expect(first?.notCovered).toMatchInlineSnapshot(`
    [
      "path traversal at 3 more inputs",
      "POST /login after the app answered 429",
      "commands, files and addresses: nothing could be put where they would be found",
    ]
  `)
})

test('where most operations were hardly tried, one line says so', () => {
  const [books] = quiet.tried
  if (books === undefined) throw new Error('nothing was tried')
  const tried = ['/a', '/b', '/c', '/d', '/e'].map((path) => ({
    ...books,
    ...{ operation: `GET ${path}`, attempts: 2, left: 8 },
  }))
  const [only, ...more] = judge({ tried })
  expect(more).toEqual([])
  expect(only).toMatchObject({
    subject: 'operations not tried enough',
    title: '5 operations were not tried enough',
    detail: 'GET /a, GET /b, GET /c and 2 more: the time was used up, or the app limits requests',
    notCovered: [
      'input of GET /a',
      'input of GET /b',
      'input of GET /c',
      'input of GET /d',
      'input of GET /e',
    ],
  })
})

test('what was hardly tried, or never reached, is not proven', () => {
  const [books] = quiet.tried
  if (books === undefined) throw new Error('nothing was tried')
  const tried = [
    { ...books, attempts: 2, left: 8 },
    { ...books, operation: 'GET /mine', reached: false },
    { ...books, operation: 'GET /yours', reached: false },
  ]
  expect(judge({ tried }).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "tried in 2 ways at query.sort; 8 more were left out",
        "status": "inconclusive",
        "subject": "GET /books",
        "title": "GET /books was not tried enough",
      },
      {
        "detail": "GET /mine, GET /yours: no request is known that they take",
        "status": "inconclusive",
        "subject": "operations out of reach",
        "title": "Some operations turned every request away",
      },
    ]
  `)
})

test('an app that takes nothing has nothing to try', () => {
  expect(lines(judge({ tried: [] }))).toEqual(['not-applicable input'])
})

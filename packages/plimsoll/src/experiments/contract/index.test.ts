import { expect, test } from 'vitest'
import { exchange, lines, statement, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/api.contract/index.ts'
import validation from '../../standards/integrity.validation/index.ts'
import experiment from './index.ts'
import type { Anomaly, Seen } from './seen.ts'
import { anomalyOf } from './trial.ts'

const answered = (status: number, body = '{}') => [
  {
    title: 'The request and its answer',
    exchange: exchange({ method: 'POST', path: '/orders', status, body }),
  },
]
const failure = (parts: Partial<Anomaly> = {}): Anomaly =>
  anomalyOf({
    check: 'server-error',
    operation: 'POST /orders',
    mark: '22001',
    problem: 'answered 500: 22001 at insert into orders',
    input: { phase: 'boundaries', part: 'body.note', keyword: null, kind: 'odd', note: '300 characters' },
    exchanges: answered(500),
    ...parts,
  })
const tried = (operation: string, reached = true, looked: Seen['operations'][number]['looked'] = {}) => ({
  operation,
  reached,
  why: reached ? null : 'answered 403',
  requests: 40,
  looked,
})
const judge = (parts: Partial<Seen>, all = [standard, validation]) =>
  experiment.judge(
    experiment.observes.parse({
      document: { kind: 'repo', where: 'openapi.yaml' },
      operations: [tried('POST /orders', true, { 'server-error': 40, response: 30, accepted: 9 })],
      anomalies: [],
      requests: 40,
      ended: null,
      short: false,
      focused: false,
      ...parts,
    }),
    standard,
    all,
  )

test('what was looked at and found right is proven', () => {
  expect(lines(judge({}))).toEqual([
    'proven server errors',
    'proven responses',
    'proven invalid input',
    'proven operations',
  ])
})

test.each([
  ['TypeError', 'ordinary', 'high'],
  ['40001', 'ordinary', 'high'],
  ['22001', 'ordinary', 'medium'],
  ['23503', 'ordinary', 'medium'],
  ['22001', 'odd', 'medium'],
  ['22001', 'invalid', 'low'],
] as const)('a 5xx of %s on %s input is %s', (mark, kind, severity) => {
  const input = { phase: 'generated', part: 'query q', keyword: null, kind, note: 'x' } as const
  const [first] = judge({ anomalies: [failure({ mark, input })] })
  expect([first?.subject, first?.severity]).toEqual([`POST /orders: 5xx (${mark})`, severity])
})

test('one finding says everything that its reader needs', () => {
  const [first] = judge({
    anomalies: [
      failure({ places: [{ file: 'src/orders.js', line: 12 }], also: ['body.city: 300 characters'] }),
    ],
  })
  expect(first === undefined ? null : worded(first)).toMatchInlineSnapshot(`
    {
      "detail": "body.note: 300 characters (boundaries): answered 500: 22001 at insert into orders · src/orders.js:12 · 1 more with the same cause",
      "severity": "medium",
      "status": "refuted",
      "subject": "POST /orders: 5xx (22001)",
      "tier": "defect",
      "title": "Input makes it fail with a 5xx",
    }
  `)
  expect(first).toMatchObject({ cwe: 20, places: [{ file: 'src/orders.js', line: 12 }] })
  expect(first?.evidence.map(({ kind }) => kind)).toEqual(['exchange', 'text'])
})

test('what one statement refuses of one part is one finding, another part another', () => {
  const refusal = (mark: string, part: string) =>
    failure({
      mark,
      statement: statement({
        sql: 'insert into orders values ($1)',
        shape: 'insert into orders values (?)',
        sqlstate: mark,
      }),
      input: { phase: 'boundaries', part, keyword: null, kind: 'odd', note: 'x' },
    })
  const anomalies = [refusal('22003', 'body.n'), refusal('22P02', 'body.n'), refusal('22001', 'body.t')]
  expect(lines(judge({ anomalies })).filter((line) => line.startsWith('refuted'))).toEqual([
    'refuted defect POST /orders: 5xx (22001)',
    'refuted defect POST /orders: 5xx (22003)',
  ])
})

test('leaks of many operations are one finding', () => {
  const leak = (operation: string) =>
    anomalyOf({
      check: 'leak',
      operation,
      problem: '500 with "at /srv/app.js:1:2"',
      exchanges: answered(500),
    })
  const found = judge({ anomalies: [leak('GET /a'), leak('GET /b')] }).filter(
    ({ status }) => status === 'refuted',
  )
  expect(found.map(({ subject }) => subject)).toEqual(['GET /a: internals in error answers'])
})

test('mismatches of one status are one finding', () => {
  const mismatch = (mark: string) =>
    anomalyOf({ check: 'response', operation: 'GET /a', mark, problem: mark, exchanges: answered(200) })
  const found = judge({
    anomalies: [mismatch('200 body /x'), mismatch('200 body /y'), mismatch('status 202')],
  })
  expect(
    found.filter(({ status }) => status === 'refuted').map(({ subject, severity }) => [subject, severity]),
  ).toEqual([
    ['GET /a: response 200', 'medium'],
    ['GET /a: response 202', 'low'],
  ])
})

test('the same complaint about the answers of several operations is one finding', () => {
  const lacks = (operation: string, at: string) =>
    anomalyOf({
      check: 'response',
      operation,
      mark: `200 body ${at}`,
      broken: 'required',
      problem: `${at === '' ? 'the body' : at} must have required property 'usedAt'`,
      exchanges: answered(200),
    })
  const found = judge({ anomalies: [lacks('GET /a', '/*'), lacks('GET /a/:id', '')] })
  expect(lines(found.filter(({ status }) => status === 'refuted'))).toEqual([
    'refuted defect GET /a: response 200',
  ])
})

test('what was let in comes out again: that is no second finding', () => {
  const accepted = anomalyOf({
    check: 'accepted',
    operation: 'POST /a',
    mark: 'body',
    problem: 'x',
    exchanges: answered(201),
  })
  const echo = anomalyOf({
    check: 'response',
    operation: 'GET /a',
    mark: '200 body /stars',
    broken: 'maximum',
    problem: '/stars must be <= 5',
    exchanges: answered(200),
  })
  expect(lines(judge({ anomalies: [accepted, echo] })).filter((line) => line.startsWith('refuted'))).toEqual([
    'refuted defect POST /a: invalid body',
  ])
})

test('ten are shown, the rest in one line', () => {
  const anomalies = Array.from({ length: 14 }, (_, at) => failure({ operation: `GET /thing-${at}` }))
  const found = judge({ anomalies }).filter(({ status }) => status === 'refuted')
  expect(found).toHaveLength(11)
  expect(found.at(-1)).toMatchObject({ subject: 'further operations', title: 'And 4 more of the same kinds' })
})

test('a standard that was left out is not judged', () => {
  const accepted = anomalyOf({
    check: 'accepted',
    operation: 'POST /orders',
    mark: 'body',
    problem: 'x',
    exchanges: answered(201),
  })
  expect(judge({ anomalies: [accepted] })[0]).toMatchObject({
    standard: 'integrity.validation',
    status: 'refuted',
  })
  expect(judge({ anomalies: [accepted] }, [standard]).some(({ status }) => status === 'refuted')).toBe(false)
})

test('below four in five operations nothing is said of the whole', () => {
  const operations = [tried('GET /a'), tried('GET /b', false), tried('GET /c'), tried('GET /d')]
  const last = judge({ operations }).at(-1)
  expect(last).toMatchObject({ status: 'inconclusive', subject: 'operations' })
  expect(last?.notCovered).toEqual(['GET /b: answered 403'])
})

test('an end before its time is said', () => {
  const last = judge({ ended: 'its time was used up' }).at(-1)
  expect(last?.notCovered).toEqual(['what comes after: its time was used up'])
})

import { expect, test } from 'vitest'
import type { Evidence } from '../../model/evidence.ts'
import { Route } from '../../model/system.ts'
import { refuted, type Verdict } from '../../model/verdict.ts'
import { mergeConfirmed } from './merge-confirmed.ts'

const route = (method: string, path: string, line: number) =>
  Route.parse({
    ...{ method, path, guard: 'no', validator: 'no', framework: 'express' },
    place: { file: 'src/routes.js', line },
    handler: { name: null, place: null },
  })

const routes = [route('GET', '/search', 10), route('GET', '/search/:id', 20), route('POST', '/items', 30)]

const source: Evidence = {
  kind: 'source',
  title: 'SQL from request data',
  place: { file: 'src/routes.js', line: 12 },
  excerpt: 'db.query(`…`)',
}

const verdict = (probe: string, changed: Partial<Verdict>): Verdict => ({
  ...refuted({ subject: probe, title: probe, detail: '', severity: 'high' }),
  ...{ id: probe, standard: 'security.input', probe, confirmations: { passed: 3, of: 3 }, cwe: 89 },
  ...changed,
})

const suspicion = (line: number, changed: Partial<Verdict> = {}) =>
  verdict('sql-concatenation', {
    ...{ tier: 'suspicion', places: [{ file: 'src/routes.js', line }], evidence: [source] },
    ...changed,
  })

const merged = (...verdicts: Verdict[]) => mergeConfirmed(verdicts, new Set(['sql-concatenation']), routes)

const proved = verdict('injection', { subject: 'GET /search: SQL through q', places: [] })

test('a suspicion in the handler of the route that was proved becomes its source', () => {
  const [one, ...more] = merged(proved, suspicion(12))
  expect(more).toEqual([])
  expect(one).toMatchObject({
    probe: 'injection',
    confirms: ['sql-concatenation'],
    places: [{ file: 'src/routes.js', line: 12 }],
    evidence: [source],
  })
})

test('a suspicion at the place that was proved is merged, whatever the route', () => {
  const elsewhere = { file: 'src/store.js', line: 40 }
  const one = merged(
    verdict('injection', { subject: 'GET /far: SQL through q', places: [elsewhere] }),
    suspicion(12, { places: [{ ...elsewhere, line: 42 }] }),
  )
  expect(one.map(({ probe }) => probe)).toEqual(['injection'])
})

test.each([
  ['of another weakness', proved, suspicion(12, { cwe: 78 })],
  ['in the handler of another route', proved, suspicion(22)],
  [
    'without a number',
    verdict('injection', { ...proved, cwe: undefined }),
    suspicion(12, { cwe: undefined }),
  ],
  ['beside a mere suspicion of the experiment', { ...proved, tier: 'suspicion' as const }, suspicion(12)],
  ['beside what was not refuted', { ...proved, status: 'proven' as const }, suspicion(12)],
])('a suspicion %s stays one of its own', (_, experiment, inspection) => {
  expect(merged(experiment, inspection)).toEqual([experiment, inspection])
})

test('one suspicion that two routes prove is told with both', () => {
  const places = [{ file: 'src/routes.js', line: 13 }]
  const both = merged(
    { ...proved, places },
    verdict('injection', { subject: 'POST /items', places }),
    suspicion(12),
  )
  expect(both.map(({ confirms }) => confirms)).toEqual([['sql-concatenation'], ['sql-concatenation']])
})

test('what shows the inside of the service is one finding, whoever comes upon it', () => {
  const shown = (probe: string, subject: string) =>
    verdict(probe, { cwe: 209, subject, detail: '500 with a stack', evidence: [source] })
  const folded = merged(
    shown('store-errors', 'postgres: content'),
    shown('error-hygiene', 'error answers: content'),
    shown('contract', 'GET /search: internals'),
    { ...shown('contract', 'suspected'), tier: 'suspicion' },
  )
  expect(folded.map(({ subject, detail, confirms }) => ({ subject, detail, confirms }))).toEqual([
    {
      subject: 'postgres: content',
      detail: '500 with a stack · also seen by error-hygiene, contract',
      confirms: ['error-hygiene', 'contract'],
    },
    { subject: 'suspected', detail: '500 with a stack', confirms: undefined },
  ])
})

test('an operation that tells anybody what it should keep is one finding, however it was come upon', () => {
  const items = { file: 'src/routes.js', line: 30 }
  const folded = mergeConfirmed(
    [
      verdict('access', { cwe: 306, subject: 'POST /items', repairs: ['a guard'], places: [items] }),
      verdict('authentication', { cwe: 200, subject: 'POST /items: passwords', repairs: ['fewer fields'] }),
      verdict('authentication', { cwe: 200, subject: 'GET /search: passwords' }),
      suspicion(31, { cwe: 489, subject: 'src/routes.js: POST /items', repairs: ['remove it'] }),
    ],
    new Set(['sql-concatenation']),
    routes,
  )
  expect(folded.map(({ subject, confirms, repairs }) => ({ subject, confirms, repairs }))).toEqual([
    {
      subject: 'POST /items',
      confirms: ['sql-concatenation', 'authentication'],
      repairs: ['a guard', 'remove it', 'fewer fields'],
    },
    { subject: 'GET /search: passwords', confirms: undefined, repairs: [] },
  ])
})

test('passwords that another account can read are told with those that the answer shows', () => {
  const title = 'Another account can read passwords of accounts'
  const folded = merged(
    verdict('access', { cwe: 639, subject: 'GET /search', title }),
    verdict('access', { cwe: 639, subject: 'GET /search/:id', title: 'Another account can read a note' }),
    verdict('authentication', { cwe: 200, subject: 'GET /search: passwords' }),
    verdict('authentication', { cwe: 200, subject: 'GET /search/:id: passwords' }),
  )
  expect(folded.map(({ subject, confirms }) => [subject, confirms])).toEqual([
    ['GET /search', ['authentication']],
    ['GET /search/:id', undefined],
    ['GET /search/:id: passwords', undefined],
  ])
})

test('what two experiments say of one operation under one name is told once, as the worse of them has it', () => {
  const repeated = (probe: string, severity: 'low' | 'medium', subject = 'PUT /items/:id/lock: repeated') =>
    verdict(probe, { cwe: undefined, severity, subject, detail: `by ${probe}` })
  const folded = merged(
    repeated('idempotency', 'low'),
    repeated('contract', 'medium'),
    repeated('contract', 'low', 'PUT /items/:id: repeated'),
  )
  expect(folded.map(({ subject, severity, detail }) => [subject, severity, detail])).toEqual([
    ['PUT /items/:id/lock: repeated', 'medium', 'by idempotency · also seen by contract'],
    ['PUT /items/:id: repeated', 'low', 'by contract'],
  ])
})

test('a request that seemed to end the process is told by the experiment that proves it', () => {
  const seemed = (operation: string) =>
    verdict('injection', { cwe: undefined, tier: 'suspicion', subject: `${operation}: odd input` })
  const exit = verdict('contract', { cwe: undefined, subject: 'GET /search: exit' })
  const told = merged(seemed('GET /search'), seemed('POST /items'), exit)
  expect(told.map(({ subject, confirms }) => [subject, confirms])).toEqual([
    ['POST /items: odd input', undefined],
    ['GET /search: exit', ['injection']],
  ])
})

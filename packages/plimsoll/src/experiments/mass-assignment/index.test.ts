import { expect, test } from 'vitest'
import { exchange, lines, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/security.authorization/index.ts'
import experiment from './index.ts'
import type { Seen, Stuck, Tried } from './seen.ts'

const kept = (parts: Partial<Stuck> = {}): Stuck => ({
  ...{
    field: 'balance',
    kind: 'ledger',
    sent: '1000003',
    usual: '0',
    place: 'GET /profile',
    documented: false,
  },
  request: exchange({ method: 'PATCH', path: '/profile' }),
  control: exchange({ method: 'PATCH', path: '/profile' }),
  ...{ read: exchange(), controlRead: exchange(), row: null, statement: null },
  ...parts,
})

const tried = (parts: Partial<Tried> = {}): Tried => ({
  ...{ operation: 'PATCH /profile', reason: '', registers: false, described: true, refused: 0 },
  ...{ fields: ['balance', 'role'], stuck: [], effects: [], origin: null },
  ...parts,
})

const judge = (one: Tried[], parts: Partial<Seen> = {}) =>
  experiment.judge(
    experiment.observes.parse({ accounts: 2, refusedReads: 1, tried: one, notReached: [], ...parts }),
    standard,
  )

test('fields that were sent and not kept are proven', () => {
  expect(judge([tried({ refused: 1 })]).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "2 fields beyond its own: none was kept, 1 request refused",
        "status": "proven",
        "subject": "PATCH /profile: fields it did not ask for",
        "title": "Decides for itself what it keeps: PATCH /profile",
      },
    ]
  `)
})

test('a field that was kept is refuted, with what the service would have chosen', () => {
  const [one] = judge([
    tried({ stuck: [kept()], origin: { place: { file: 'app.js', line: 9 }, excerpt: 'x' } }),
  ])
  expect(one && worded(one)).toMatchInlineSnapshot(`
    {
      "detail": "balance became 1000003 instead of 0 (GET /profile)",
      "severity": "critical",
      "status": "refuted",
      "subject": "PATCH /profile: fields it did not ask for",
      "tier": "defect",
      "title": "A client sets what only the service may decide",
    }
  `)
  expect(one).toMatchObject({ cwe: 915, places: [{ file: 'app.js', line: 9 }] })
  expect(one?.evidence.map(({ title }) => title)).toMatchInlineSnapshot(`
    [
      "The request with the field",
      "The same request without it",
      "Read again, with the field",
      "Read again, without it",
      "Where it is written",
    ]
  `)
})

const tierOf = (one: Tried, parts: Partial<Seen> = {}) =>
  lines(judge([one], parts))[0]
    ?.split(' ')
    .slice(0, 2)
    .join(' ')

test.each([
  ['a balance', {}, {}, 'refuted defect'],
  ['a price that some operation may take', { kind: 'price' }, { described: false }, 'refuted suspicion'],
  ['a price that this one does not take', { kind: 'price' }, {}, 'refuted defect'],
  ['a state', { kind: 'state' }, {}, 'refuted suspicion'],
  ['a documented owner', { kind: 'owner', documented: true }, {}, 'proven PATCH'],
  ['a documented role', { kind: 'rights', documented: true, sent: '"editor"' }, {}, 'proven PATCH'],
  [
    'a documented role of an editor at registration',
    { kind: 'rights', documented: true, sent: '"editor"' },
    { registers: true },
    'proven PATCH',
  ],
  [
    'a documented administrator at registration',
    { kind: 'rights', documented: true, sent: '"admin"' },
    { registers: true },
    'refuted defect',
  ],
] satisfies [string, Partial<Stuck>, Partial<Tried>, string][])('%s', (_, stuck, parts, expected) => {
  expect(tierOf(tried({ stuck: [kept(stuck)], ...parts }))).toBe(expected)
})

const beside = (operation: string, parts: Partial<Stuck>, registration = 'POST /users') => {
  const kind: Partial<Stuck> = { kind: 'rights', documented: true, sent: '"admin"', ...parts }
  const [, one] = lines(
    judge([tried({ operation: registration, registers: true }), tried({ operation, stuck: [kept(kind)] })]),
  )
  return one?.split(' ').slice(0, 2).join(' ')
}

test.each([
  ['of the account itself', 'PUT /users/:id', {}, 'refuted defect'],
  ['of whoever is logged in', 'PATCH /me', {}, 'refuted defect'],
  ['of an editor', 'PUT /users/:id', { sent: '"editor"' }, 'proven PUT'],
  ['of something else', 'PUT /pages/:id', {}, 'proven PUT'],
])('a documented administrator, %s: %s', (_, operation, parts, expected) => {
  expect(beside(operation, parts)).toBe(expected)
  expect(beside(operation, parts, 'POST /users/register')).toBe(expected)
})

test('what was kept as documented is not said to have been dropped', () => {
  const [one] = judge([tried({ stuck: [kept({ kind: 'owner', documented: true })] })])
  expect(one?.detail).toBe('2 fields beyond its own: kept, as documented: balance; no other')
})

test('more rights than before are a defect, whatever shows of the field', () => {
  const effect = {
    ...{ fields: ['isAdmin'], operation: 'GET /admin/users' },
    request: exchange({ method: 'POST', path: '/users' }),
    before: exchange({ status: 403 }),
    after: exchange(),
  }
  const [one] = judge([tried({ operation: 'POST /users', registers: true, effects: [effect] })])
  expect(one && worded(one)).toMatchInlineSnapshot(`
    {
      "detail": "with isAdmin GET /admin/users answers 200 instead of 403",
      "severity": "critical",
      "status": "refuted",
      "subject": "POST /users: fields it did not ask for",
      "tier": "defect",
      "title": "A client sets what only the service may decide",
    }
  `)
})

test('where nobody logs in it is a suspicion', () => {
  expect(tierOf(tried({ stuck: [kept()] }), { accounts: 0 })).toBe('refuted suspicion')
})

test('an operation that is refused as it is stays open', () => {
  expect(
    lines(judge([tried({ reason: 'sent as it is, it answered 404' })], { notReached: ['PUT /a'] })),
  ).toEqual([
    'inconclusive PATCH /profile: fields it did not ask for',
    'inconclusive writes that were not reached',
  ])
})

test('without a write there is nothing to try', () => {
  expect(lines(judge([]))).toEqual(['not-applicable writes'])
})

import { expect, test } from 'vitest'
import { nameAnomaly } from './anomaly.ts'
import { type Changes, explain, explainRows, type Outcome, type Reference } from './outcome.ts'

const set = (table: string, from: string, to: string): Changes => ({
  [table]: { removed: [{ value: from }], added: [{ value: to }] },
})
const add = (table: string, ...rows: string[]): Changes => ({
  [table]: { removed: [], added: rows.map((value) => ({ value })) },
})
const outcome = (a: boolean, b: boolean, changes: Changes): Outcome => ({
  accepted: { A: a, B: b },
  statuses: { A: a ? 200 : 409, B: b ? 200 : 409 },
  changes,
})
const reference = (order: Reference['order'], a: boolean, b: boolean, changes: Changes): Reference => ({
  order,
  ...outcome(a, b, changes),
})

const deposits = [
  reference('A, then B', true, true, set('accounts', '0', '2')),
  reference('B, then A', true, true, set('accounts', '0', '2')),
  reference('A alone', true, false, set('accounts', '0', '1')),
  reference('B alone', false, true, set('accounts', '0', '1')),
  reference('neither', false, false, {}),
]
const seats = [
  reference('A, then B', true, false, add('bookings', '7')),
  reference('B, then A', false, true, add('bookings', '7')),
  reference('A alone', true, false, add('bookings', '7')),
  reference('B alone', false, true, add('bookings', '7')),
  reference('neither', false, false, {}),
]
const withdrawals = seats.map((one) => ({
  ...one,
  changes: one.order === 'neither' ? {} : set('accounts', '100', '0'),
}))
const twoDoctors = [
  reference('A, then B', true, false, set('doctors', 'a on', 'a off')),
  reference('B, then A', false, true, set('doctors', 'b on', 'b off')),
]

test.each([
  ['both are there', outcome(true, true, set('accounts', '0', '2')), deposits, 'A, then B'],
  ['one was refused and left nothing', outcome(true, false, set('accounts', '0', '1')), deposits, 'A alone'],
  ['both were refused and left nothing', outcome(false, false, {}), deposits, 'neither'],
  ['one is lost', outcome(true, true, set('accounts', '0', '1')), deposits, null],
  ['a refused one left something', outcome(false, false, set('accounts', '0', '1')), deposits, null],
  ['booked twice', outcome(true, true, add('bookings', '7', '7')), seats, null],
])('%s', (_, got, references, order) => {
  expect(explain(got, references)?.order ?? null).toBe(order)
})

test('rows of some order under other answers', () => {
  const got = outcome(true, true, set('accounts', '100', '0'))
  expect(explain(got, withdrawals)).toBeNull()
  expect(explainRows(got, withdrawals)?.order).toBe('A, then B')
})

test('the rows of one request alone do not explain two that were accepted', () => {
  expect(explainRows(outcome(true, true, set('accounts', '0', '1')), deposits)).toBeNull()
})

test.each([
  ['lost update', outcome(true, true, set('accounts', '0', '1')), deposits, false],
  ['duplicate', outcome(true, true, add('bookings', '7', '7')), seats, false],
  ['double spend', outcome(true, true, set('accounts', '100', '-100')), withdrawals, false],
  ['write skew', outcome(true, true, { ...set('doctors', 'ab on', 'ab off') }), twoDoctors, true],
  ['no serial order', outcome(false, false, set('accounts', '0', '1')), deposits, false],
])('%s', (name, got, references, apart) => {
  expect(nameAnomaly(got, references, apart)).toBe(name)
})

import { expect, test } from 'vitest'
import { changesBetween, effectsOf, isBeside, tablesWith, totalOf } from './effects.ts'

const row = (id: number, parts: Record<string, string> = {}) => ({ id: String(id), ...parts })
const wallet = (cents: number) => row(1, { cents: String(cents) })

const one = {
  payments: { added: [row(1)], removed: [] },
  wallets: { added: [wallet(90)], removed: [wallet(100)] },
}
const two = {
  payments: { added: [row(1), row(2)], removed: [] },
  wallets: { added: [wallet(80)], removed: [wallet(100)] },
}

test('what happened between two looks is what the second has and the first had not', () => {
  expect(changesBetween({}, one)).toEqual(one)
  expect(changesBetween(one, one)).toEqual({})
  expect(changesBetween(one, two)).toEqual({
    payments: { added: [row(2)], removed: [] },
    wallets: { added: [wallet(80)], removed: [wallet(90)] },
  })
})

test('what is undone goes the other way', () => {
  expect(changesBetween(one, {})).toEqual({
    payments: { added: [], removed: [row(1)] },
    wallets: { added: [wallet(100)], removed: [wallet(90)] },
  })
})

test('a row that is there twice counts twice', () => {
  const once = { votes: { added: [row(1)], removed: [] } }
  const twice = { votes: { added: [row(1), row(1)], removed: [] } }
  expect(changesBetween(once, twice)).toEqual(once)
})

test.each([
  ['once', one],
  ['more', two],
  ['none', {}],
  ['more', { ...one, payments: { added: [row(1), row(7)], removed: [] } }],
  ['other', { payments: one.payments }],
])('what several requests left is %s', (outcome, got) => {
  expect(totalOf(got, one, two).outcome).toBe(outcome)
})

test('more rows in some of the tables only is a part', () => {
  const journal = { added: [row(1), row(2)], removed: [] }
  const once = { ...one, events: { added: [row(1)], removed: [] } }
  const twice = { ...two, events: journal }
  expect(totalOf({ ...one, events: journal }, once, twice).outcome).toBe('part')
})

test('two updates of one row are more than one, though no row was added', () => {
  const once = { wallets: one.wallets }
  const twice = { wallets: two.wallets }
  expect(totalOf(twice, once, twice).outcome).toBe('more')
})

test.each([
  ['payments', false],
  ['order_items', false],
  ['bookings', false],
  ['audit_log', true],
  ['login_history', true],
  ['audit.entries', true],
  ['idempotency_keys', true],
])('%s stands beside an operation: %s', (table, beside) => {
  expect(isBeside(table)).toBe(beside)
})

test('rows are shown as they are afterwards, cut to what can be read', () => {
  const added = [1, 2, 3, 4, 5].map((id) => row(id, { note: 'x'.repeat(500) }))
  const [effect] = effectsOf({ notes: { added, removed: [] } })
  expect(effect).toMatchObject({ table: 'notes', added: 5, removed: 0 })
  expect(effect?.rows).toHaveLength(4)
  expect(effect?.rows[0]?.note).toHaveLength(120)
})

test('the record of a key is found by the key', () => {
  const changes = { keys: { added: [row(1, { key: '17:abc' })], removed: [] }, ...one }
  expect(tablesWith(changes, 'abc')).toEqual(['keys'])
})

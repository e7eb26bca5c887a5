import { expect, test } from 'vitest'
import { describeRows } from '../../base/text/rows.ts'
import { isSideTable } from '../../lab/operations/side-table.ts'
import { compareEffects, describeLack, describeLeft, isStep, lacks, outcomeOf, remains } from './effect.ts'

const order = { id: '*', product: '1', state: 'placed' }
const whole = {
  orders: { added: [order], removed: [] },
  products: { added: [{ id: '1', stock: '4' }], removed: [{ id: '1', stock: '5' }] },
}

test.each([
  ['nothing', {}, 'nothing'],
  ['all of it', whole, 'everything'],
  ['the order alone', { orders: whole.orders }, 'part'],
  ['a record of the failure', { failures: { added: [{ id: '1' }], removed: [] } }, 'nothing'],
  ['all of it and a record', { ...whole, failures: { added: [{ id: '1' }], removed: [] } }, 'everything'],
  ['the order twice', { ...whole, orders: { added: [order, order], removed: [] } }, 'part'],
  ['a row of another table gone', { users: { added: [], removed: [{ id: '1' }] } }, 'part'],
] as const)('%s is %s', (_name, there, outcome) => {
  expect(outcomeOf(compareEffects(structuredClone(whole), structuredClone(there) as never))).toBe(outcome)
})

test('what remains and what lacks are named by table', () => {
  const left = compareEffects(whole, { orders: whole.orders })
  expect(remains(left).map(describeLeft)).toEqual(['orders: 1 row added'])
  expect(lacks(left).map(describeLack)).toEqual(['products: 1 row changed in full, nothing there'])
  expect(describeRows({ added: 3, removed: 1 })).toBe('2 rows added, 1 row changed')
})

test('every row there, one with an earlier state, is a step', () => {
  const placed = { orders: whole.orders }
  const pending = { orders: { added: [{ ...order, state: 'pending' }], removed: [] } }
  expect(isStep(compareEffects(placed, pending))).toBe(true)
  expect(isStep(compareEffects(whole, pending))).toBe(false)
})

test.each([
  ['audit_log', true],
  ['user_sessions', true],
  ['logs', true],
  ['login_attempts', true],
  ['orders', false],
  ['events', false],
  ['catalogs', false],
  ['outbox', false],
])('%s beside the operation: %s', (table, beside) => {
  expect(isSideTable(table)).toBe(beside)
})

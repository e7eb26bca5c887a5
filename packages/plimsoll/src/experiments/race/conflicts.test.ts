import { expect, test } from 'vitest'
import type { StatementFacts } from '../../model/statement-facts.ts'
import { conflictOf, readsBeforeWrites } from './conflicts.ts'

const none: StatementFacts = { kind: 'other', reads: [], writes: [], lock: null, isolation: null }

const read = (table: string, lock: StatementFacts['lock'] = null) => ({
  facts: { ...none, kind: 'read' as const, lock, reads: [{ table, keys: [] }] },
})

const write = (table: string, how: 'insert' | 'update' = 'update') => ({
  facts: {
    ...none,
    kind: 'write' as const,
    reads: how === 'update' ? [{ table, keys: [] }] : [],
    writes: [{ table, how, columns: [], keys: [], conditional: false, relative: false, onConflict: null }],
  },
})

test('read then write of the same table rests on it', () => {
  expect(conflictOf([read('accounts'), write('accounts')], [read('accounts'), write('accounts')])).toEqual({
    tables: ['accounts'],
    unguarded: true,
  })
})

test('a read that locks is still tried, as a guarded one', () => {
  const locked = [read('accounts', 'update'), write('accounts')]
  expect(conflictOf(locked, locked)).toEqual({ tables: ['accounts'], unguarded: false })
})

test.each([
  ['one statement that reads and writes', [write('accounts')], [write('accounts')]],
  ['an insert that nothing was read for', [write('orders', 'insert')], [write('orders', 'insert')]],
  [
    'a read of what the partner does not write',
    [read('users'), write('orders', 'insert')],
    [read('users'), write('orders', 'insert')],
  ],
  [
    'a read after the last write',
    [write('accounts'), read('accounts')],
    [write('accounts'), read('accounts')],
  ],
  ['one that only reads', [read('accounts')], [read('accounts'), write('accounts')]],
])('%s: no harm', (_, a, b) => {
  expect(conflictOf(a, b)).toBeNull()
})

test('each reads what the other one writes', () => {
  const close = [read('balances'), write('accounts')]
  const deposit = [read('accounts'), write('balances')]
  expect(conflictOf(close, deposit)?.tables).toEqual(['accounts', 'balances'])
})

test('a second write that itself reads rests on the first read', () => {
  expect([...readsBeforeWrites([read('seats'), write('orders', 'insert'), write('seats')])]).toEqual([
    'seats',
  ])
})

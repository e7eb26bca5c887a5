import { expect, test } from 'vitest'
import { statement } from '../../../../../test/support/exchange.ts'
import type { ProfiledStatement } from '../../lab/operations/profile.ts'
import type { StatementFacts } from '../../model/statement-facts.ts'
import { findInOperation, findInRead } from './faults.ts'

const profiled = (shape: string, kind: StatementFacts['kind']): ProfiledStatement => ({
  sql: shape,
  shape,
  parameters: [],
  connection: 1,
  rows: 1,
  gapMs: 0,
  facts: { kind, reads: [], writes: [], lock: null, isolation: null },
})
const order = [
  profiled('select session', 'read'),
  profiled('begin', 'begin'),
  profiled('insert order', 'write'),
  profiled('insert line', 'write'),
  profiled('insert line', 'write'),
  profiled('commit', 'commit'),
]

test('the first data, the first write, and what commits', () => {
  expect(findInOperation(order, 'data')).toEqual({ shape: 'select session', nth: 1, usual: 1 })
  expect(findInOperation(order, 'write')).toEqual({ shape: 'insert order', nth: 1, usual: 1 })
  expect(findInOperation(order, 'commit')).toEqual({ shape: 'commit', nth: 1, usual: 1 })
})

test('without a transaction the last write commits', () => {
  const plain = order.filter(({ facts }) => facts.kind === 'write')
  expect(findInOperation(plain, 'commit')).toEqual({ shape: 'insert line', nth: 2, usual: 2 })
  expect(findInOperation([], 'commit')).toBeNull()
})

test('of a read, the first statement that touches data', () => {
  const sent = ['SET search_path = app', 'SELECT 1'].map((sql) => statement({ sql, shape: sql }))
  expect(findInRead(sent)).toEqual({ shape: 'SELECT 1', nth: 1, usual: 1 })
})

import { expect, test } from 'vitest'
import { statement } from '../../../../../test/support/exchange.ts'
import type { Wire } from '../../lab/lab.ts'
import { carries, watchDecisive } from './decisive.ts'

const decide = (texts: readonly string[], inside: readonly number[] = []) => {
  const connections = inside.map((id): ReturnType<Wire['connections']>[number] => ({
    ...{ id, openedAtMs: 0, closedAtMs: null, transaction: 'T', session: null, pending: 0, blind: null },
  }))
  const decisive = watchDecisive({ connections: () => connections })
  return texts.filter((sql) => decisive(statement({ sql })))
}

test('a write outside a transaction decides, and in one its commit', () => {
  expect(decide(['SELECT 1', 'INSERT INTO a VALUES (1)'])).toEqual(['INSERT INTO a VALUES (1)'])
  expect(decide(['BEGIN', 'INSERT INTO a VALUES (1)', 'UPDATE b SET c = 1', 'COMMIT'])).toEqual(['COMMIT'])
  expect(decide(['START TRANSACTION', 'DELETE FROM a', 'END'])).toEqual(['END'])
})

test('a transaction that was open before is known', () => {
  expect(decide(['INSERT INTO a VALUES (1)', 'commit'], [1])).toEqual(['commit'])
})

test('a rollback ends a transaction, one to a savepoint does not', () => {
  expect(decide(['BEGIN', 'ROLLBACK TO SAVEPOINT s', 'DELETE FROM a'])).toEqual([])
  expect(decide(['BEGIN', 'ROLLBACK', 'DELETE FROM a'])).toEqual(['DELETE FROM a'])
})

test('a text is seen in the statement and in its parameters', () => {
  expect(carries(statement({ sql: "INSERT INTO a VALUES ('qx7abc')" }), ['qx7abc'])).toBe(true)
  expect(carries(statement({ parameters: [null, '{"qx7abc"}'] }), ['qx7abc'])).toBe(true)
  expect(carries(statement({ parameters: ['other'] }), ['qx7abc'])).toBe(false)
})

import { expect, test } from 'vitest'
import type { StatementRecord } from '../../model/evidence.ts'
import { statementCost } from './statement-cost.ts'

const record = (sql: string, durationMs: number | null): StatementRecord => ({
  connection: 1,
  sql,
  shape: sql.replace(/\d+/g, '?'),
  parameters: [],
  atMs: 0,
  durationMs,
  rows: 1,
  transaction: 'I',
})

test('what one of several equal requests sends', () => {
  const one = [
    record('BEGIN', 0),
    record('SELECT list', 9),
    ...[1, 2, 3].map((id) => record(`SELECT ${id}`, id)),
    record('COMMIT', 50),
  ]
  expect(statementCost([...one, ...one], 2)).toEqual({
    statements: 4,
    repeated: { times: 3, shape: 'SELECT ?' },
    slowest: { shape: 'SELECT list', ms: 9 },
  })
})

test('nothing repeats where each statement comes once, and none is slow that was not answered', () => {
  expect(statementCost([record('SELECT 1', null)], 1)).toEqual({
    statements: 1,
    repeated: null,
    slowest: null,
  })
  expect(statementCost([], 4)).toEqual({ statements: 0, repeated: null, slowest: null })
  expect(statementCost([], 0)).toEqual({ statements: null, repeated: null, slowest: null })
})

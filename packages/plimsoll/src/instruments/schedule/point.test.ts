import { expect, test } from 'vitest'
import type { StatementRecord } from '../../model/evidence.ts'
import type { Point } from '../../model/schedule.ts'
import type { StatementFacts } from '../../model/statement-facts.ts'
import { reaches } from './point.ts'

const statement = (sql: string): StatementRecord => ({
  ...{ connection: 1, sql, shape: sql, parameters: [], atMs: 0 },
  ...{ durationMs: null, rows: null, transaction: null },
})
const facts = (sql: string): StatementFacts => ({
  kind: sql === 'commit' ? 'commit' : sql.startsWith('w') ? 'write' : 'read',
  ...{ reads: [], writes: [], lock: null, isolation: null },
})
const at = (until: Point | 'end', passed: string[], unit: string[]) =>
  reaches(until, { passed: passed.map(statement), unit: unit.map(statement), facts })

test('a point is reached with the piece that holds its statement, and only then', () => {
  expect(at({ before: 'write', nth: 2 }, ['r', 'w'], ['r'])).toBe(false)
  expect(at({ before: 'write', nth: 2 }, ['r', 'w'], ['w'])).toBe(true)
  expect(at({ before: 'write', nth: 2 }, [], ['r', 'w', 'w', 'commit'])).toBe(true)
  expect(at({ before: 'write', nth: 2 }, ['w', 'w'], ['w'])).toBe(false)
  expect(at({ before: 'statement', nth: 3 }, ['r', 'w'], ['commit'])).toBe(true)
  expect(at({ before: 'commit', nth: 1 }, ['r'], ['commit'])).toBe(true)
  expect(at('end', ['r'], ['commit'])).toBe(false)
})

test('with a shape, only statements of that shape count', () => {
  const point: Point = { before: 'write', nth: 2, shape: 'w stock' }
  expect(at(point, ['w orders', 'w stock', 'w orders'], ['w orders'])).toBe(false)
  expect(at(point, ['w orders', 'w stock', 'w orders'], ['w stock'])).toBe(true)
})

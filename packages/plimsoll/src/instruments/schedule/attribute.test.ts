import { expect, test } from 'vitest'
import type { StatementRecord } from '../../model/evidence.ts'
import type { StatementFacts } from '../../model/statement-facts.ts'
import { createAttribute } from './attribute.ts'

const statement = (
  connection: number,
  sql: string,
  transaction: StatementRecord['transaction'],
  parameters: string[] = [],
): StatementRecord => ({
  ...{ connection, sql, shape: sql, parameters, atMs: 0 },
  ...{ durationMs: 1, rows: null, transaction },
})
const KINDS: Readonly<Record<string, StatementFacts['kind']>> = { BEGIN: 'begin', COMMIT: 'commit' }
const facts = (sql: string): StatementFacts => ({
  kind: KINDS[sql] ?? 'write',
  ...{ reads: [], writes: [], lock: null, isolation: null },
})
const attributing = (background: readonly string[] = []) =>
  createAttribute({
    facts,
    marks: { A: ['mark-of-a'], B: ['mark-of-b'] },
    background: new Set(background),
    otherwise: () => 'B',
  })

test('a mark tells, in a parameter or in the text', () => {
  const whose = attributing()
  expect(whose([statement(1, 'w', 'I', ['id', 'x mark-of-a'])])).toBe('A')
  expect(whose([statement(1, 'w /* mark-of-a */', 'I')])).toBe('A')
  expect(whose([statement(1, 'w', 'I')])).toBe('B')
})

test('a transaction stays with whom it was begun by, on its connection', () => {
  const whose = attributing()
  expect(whose([statement(1, 'w', 'T', ['mark-of-a'])])).toBe('A')
  expect(whose([statement(2, 'w', 'T')])).toBe('B')
  expect(whose([statement(1, 'COMMIT', 'I')])).toBe('A')
  expect(whose([statement(1, 'w', 'I')])).toBe('B')
})

test('a job is nobody, with what surrounds it; what surrounds nothing is not told from it', () => {
  const whose = attributing(['job', 'BEGIN'])
  expect([whose([statement(1, 'BEGIN', 'T')]), whose([statement(1, 'job', 'T')])]).toEqual([null, null])
  expect(whose([statement(1, 'COMMIT', 'I')])).toBe(null)
  expect(whose([statement(2, 'BEGIN', 'T')])).toBe(null)
  expect(whose([statement(2, 'w', 'T')])).toBe('B')
  expect(whose([statement(2, 'COMMIT', 'I')])).toBe('B')
  expect(whose([statement(1, 'BEGIN', 'T'), statement(1, 'w', 'T'), statement(1, 'COMMIT', 'I')])).toBe('B')
})

import { expect, test } from 'vitest'
import type { ProfiledStatement } from '../../lab/operations/profile.ts'
import type { StatementFacts } from '../../model/statement-facts.ts'
import { faultPoints, writesOf } from './points.ts'

const statement = (sql: string, kind: StatementFacts['kind']): ProfiledStatement => ({
  sql,
  shape: sql,
  parameters: [],
  connection: 1,
  rows: 1,
  gapMs: 0,
  facts: { kind, reads: [], writes: [], lock: null, isolation: null },
})

test('each write and the commit, by the place of its shape', () => {
  const statements = [
    statement('BEGIN', 'begin'),
    statement('INSERT INTO orders', 'write'),
    statement('SELECT stock', 'read'),
    statement('INSERT INTO lines', 'write'),
    statement('INSERT INTO lines', 'write'),
    statement('COMMIT', 'commit'),
  ]
  expect(writesOf(statements)).toHaveLength(3)
  expect(faultPoints(statements).map(({ place, shape, nth }) => `${place}: ${shape} ${nth}`)).toEqual([
    'write 1 of 3: INSERT INTO orders 1',
    'write 2 of 3: INSERT INTO lines 1',
    'write 3 of 3: INSERT INTO lines 2',
    'the commit: COMMIT 1',
  ])
})

test('of many writes the first and the last', () => {
  const many = Array.from({ length: 40 }, () => statement('INSERT INTO lines', 'write'))
  expect(faultPoints(many).map(({ nth }) => nth)).toEqual([1, 2, 3, 38, 39, 40])
})

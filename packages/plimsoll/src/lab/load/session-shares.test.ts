import { expect, test } from 'vitest'
import type { SessionActivity } from '../../stores/define.ts'
import { sharesOf } from './session-shares.ts'

const session = (
  state: SessionActivity['state'],
  sql = '',
  waits: SessionActivity['waits'] = null,
): SessionActivity => ({ session: 1, state, waits, sql, forMs: 1 })

const shapeOf = (sql: string) => sql.replace(/\d+/g, '?')

test('shares of what sessions did, by statement', () => {
  const shares = sharesOf(
    [
      [session('active', 'SELECT 1'), session('active', 'UPDATE 7', 'lock')],
      [session('active', 'UPDATE 8', 'lock'), session('held')],
      [session('active', 'UPDATE 9'), session('idle', 'SELECT 1'), session('idle')],
      [],
    ],
    shapeOf,
  )
  expect(shares).toEqual({
    samples: 4,
    sessions: 3,
    active: 1,
    held: 0.25,
    waitingForLock: 0.5,
    allBusy: 0.5,
    statements: [
      { sql: 'UPDATE ?', share: 0.75, lock: 2 / 3 },
      { sql: 'SELECT ?', share: 0.25, lock: 0 },
    ],
  })
})

test('no look, no share', () => {
  expect(sharesOf([], shapeOf)).toMatchObject({
    samples: 0,
    sessions: 0,
    active: 0,
    allBusy: 0,
    statements: [],
  })
})

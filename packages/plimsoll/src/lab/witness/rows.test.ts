import { expect, test } from 'vitest'
import type { LabStore } from '../lab.ts'
import { findGrowth, findQuiet } from './rows.ts'

const counts: Record<string, number> = { users: 1, beats: 10 }
const store: LabStore = {
  id: 'postgres',
  wire: null,
  database: {
    endpoint: null,
    files: [],
    query: () => Promise.reject(new Error('not asked')),
    digest: () => Promise.resolve(null),
    drop: () => Promise.resolve(),
  },
  digest: () => Promise.resolve({ counts: { ...counts }, hashes: {} }),
  facts: null,
}

test('a table in which a job writes on its own shows no write', async () => {
  const found = findGrowth(new Map([[store, { users: 0, beats: 9 }]]), new Map([[store, counts]]))
  expect(found.map(({ table, perWrite }) => [table, perWrite])).toEqual([
    ['users', 1],
    ['beats', 1],
  ])
  const sleep = async () => {
    counts.beats = (counts.beats ?? 0) + 1
  }
  expect((await findQuiet({ sleep }, [...found].reverse(), 1))?.table).toBe('users')
  const [, beats] = found
  expect(await findQuiet({ sleep }, beats === undefined ? [] : [beats], 1)).toBeNull()
})

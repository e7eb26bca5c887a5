import { expect, test } from 'vitest'
import { commonOperations } from './common-operations.ts'

test('sends what both have, and says why the rest is left', () => {
  const a = {
    operations: [{ name: 'GET /a' }, { name: 'GET /b' }, { name: 'GET /old' }],
    left: [
      { name: 'POST /a', reason: 'it deletes' },
      { name: 'GET /c', reason: 'its answer changed' },
    ],
  }
  const b = {
    operations: [{ name: 'GET /a' }, { name: 'GET /c' }],
    left: [
      { name: 'POST /a', reason: 'it deletes' },
      { name: 'GET /b', reason: 'it answers 500' },
    ],
  }
  expect(commonOperations(a, b, { a: 'A', b: 'B' })).toEqual({
    only: ['GET /a'],
    left: [
      { name: 'GET /b', reason: 'in B: it answers 500' },
      { name: 'GET /old', reason: 'B has no such operation' },
      { name: 'GET /c', reason: 'in A: its answer changed' },
      { name: 'POST /a', reason: 'it deletes' },
    ],
  })
})

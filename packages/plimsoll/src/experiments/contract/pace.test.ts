import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

const paced = (msPerRequest: number) => {
  let sent = 0
  const pace = createPace(
    { nowMs: () => sent * msPerRequest, count: () => sent },
    { operations: 10, share: 50, timeMs: 10_000 },
  )
  return Array.from({ length: 10 }, () => {
    const share = pace.next()
    sent += share
    return share
  })
}

test('a fast app is asked everything', () => {
  expect(paced(1)).toEqual(Array.from({ length: 10 }, () => 50))
})

test('a slow one is asked less of each operation, and all of them', () => {
  const shares = paced(40)
  expect(shares[0]).toBe(50)
  expect(Math.max(...shares.slice(1))).toBeLessThan(16)
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(8)
})

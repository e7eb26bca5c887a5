import { describe, expect, test } from 'vitest'
import { findPatterns, searchPatterns } from './search-patterns.ts'

describe('the first pattern for a query', () => {
  test.each([
    ['idempotency key', 'idempotency-key'],
    ['customer was charged twice after a retry', 'idempotency-key'],
    ['publish an event after commit', 'outbox'],
    ['the payment provider is down and everything hangs', 'circuit-breaker'],
    ['exponential backoff', 'retry-with-jitter'],
    ['retry on deadlock', 'retry-with-jitter'],
    ['requests hang when the database is slow', 'timeout-budgets'],
    ['statement_timeout', 'timeout-budgets'],
  ])('%s: %s', (query, id) => {
    expect(findPatterns(query)[0]?.id).toBe(id)
  })
})

test.each(['', 'the of and', 'center a div', 'quantum zebra'])('nothing answers "%s"', (query) => {
  expect(findPatterns(query)).toEqual([])
})

test('the text of a hit says what it is before how', () => {
  const [hit] = searchPatterns('outbox')
  expect(hit).toMatchObject({ id: 'outbox', title: 'Outbox' })
  expect(hit?.text).toMatch(/^Write an event into a table .+\n\n## When\n/)
})

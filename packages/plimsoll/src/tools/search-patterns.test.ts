import { describe, expect, test } from 'vitest'
import { findPatterns, searchPatterns } from './search-patterns.ts'

describe('the first pattern for a query', () => {
  test.each([
    ['idempotency key', 'idempotency-key'],
    ['customer was charged twice after a retry', 'idempotency-key'],
    ['webhook delivered twice', 'idempotency-key'],
    ['publish an event after commit', 'outbox'],
    ['the payment provider is down and everything hangs', 'circuit-breaker'],
    ['exponential backoff', 'retry-with-jitter'],
    ['retry on deadlock', 'retry-with-jitter'],
    ['requests hang when the database is slow', 'timeout-budgets'],
    ['statement_timeout', 'timeout-budgets'],
    ['one slow route takes all others down', 'bulkhead'],
    ['booking, payment and courier: undo when a step fails', 'saga'],
    ['two buyers, last item in stock', 'optimistic-locking'],
    ['ETag and If-Match', 'optimistic-locking'],
    ['transfer money between accounts', 'pessimistic-locking'],
    ['SELECT FOR UPDATE', 'pessimistic-locking'],
    ['list endpoint returns all rows', 'pagination'],
    ['keyset cursor', 'pagination'],
    ['cache stampede', 'caching'],
    ['brute force on login', 'rate-limiting'],
    ['refresh token was stolen', 'token-rotation'],
    ['only admins may do this', 'rbac'],
    ['who changed what', 'audit-log'],
    ['right to be forgotten', 'soft-delete-and-erasure'],
    ['add a NOT NULL column without downtime', 'online-migrations'],
    ['canary release', 'blue-green'],
    ['somebody dropped a table, restore', 'backup-and-pitr'],
    ['request id in structured logs', 'observability'],
    ['error budget burn rate', 'alerting'],
    ['SIGTERM during a deploy', 'graceful-shutdown'],
    ['readiness probe', 'health-checks'],
    ['too many connections', 'connection-pool'],
    ['terminating connection due to administrator command', 'connection-pool'],
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

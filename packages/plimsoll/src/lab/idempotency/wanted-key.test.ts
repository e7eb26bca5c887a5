import { expect, test } from 'vitest'
import { wantedKey } from './wanted-key.ts'

test.each([
  [400, "headers must have required property 'idempotency-key'", 'idempotency-key'],
  [400, '{"error":"Idempotency-Key header is required"}', 'Idempotency-Key'],
  [422, '{"message":"Missing header: X-Idempotency-Key"}', 'X-Idempotency-Key'],
  [428, 'An idempotency key is needed for this operation', 'Idempotency-Key'],
  [400, '{"error":"amount is required"}', null],
  [400, '{"error":"idempotency_key is required"}', null],
  [500, 'Idempotency-Key header is required', null],
  [201, 'Idempotency-Key', null],
])('%s %s asks for %s', (status, body, wanted) => {
  expect(wantedKey({ status, body })).toBe(wanted)
})

import { expect, test } from 'vitest'
import type { Exchange } from '../../model/evidence.ts'
import { isRefused, succeeds } from './answers.ts'

const answer = (status: number, body: string): Exchange => ({
  ...{ method: 'GET', path: '/users', requestHeaders: {}, status, headers: {}, body },
  ...{ atMs: 0, durationMs: 1 },
})

test.each([
  ['{"error":"missing token"}', false],
  ['{"status":"fail","message":"Invalid token. Please log in again."}', false],
  ['{"success":false,"message":"log in first"}', false],
  ['{"errors":[{"message":"no"}]}', false],
  ['{"error":null,"data":[]}', true],
  ['{"error":"one","data":[1]}', true],
  ['{"error":null}', true],
  ['{"status":"success","message":"done"}', true],
  ['{"status":"ok"}', true],
  ['{}', true],
  ['[]', true],
  ['plain text', true],
])('200 with nothing but an error is a no: %s', (body, isGood) => {
  expect(succeeds(answer(200, body))).toBe(isGood)
})

test('and refuses beside an answer that says something', () => {
  expect(isRefused(answer(200, '[{"id":1}]'), answer(200, '{"error":"missing token"}'))).toBe(true)
})

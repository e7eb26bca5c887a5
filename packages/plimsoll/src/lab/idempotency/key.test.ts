import { expect, test } from 'vitest'
import { withKey } from './key.ts'

test('a header takes the place of the one that was there, however it is spelled', () => {
  const request = { method: 'POST', path: '/x', headers: { 'idempotency-key': 'old', accept: '*/*' } }
  expect(withKey(request, { in: 'header', name: 'Idempotency-Key' }, 'new').headers).toEqual({
    accept: '*/*',
    'Idempotency-Key': 'new',
  })
})

test('a field stands beside the others', () => {
  const request = { method: 'POST', path: '/x', body: { amount: 3 } }
  expect(withKey(request, { in: 'body', name: 'requestId' }, 'new').body).toEqual({
    amount: 3,
    requestId: 'new',
  })
})

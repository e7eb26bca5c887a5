import { expect, test } from 'vitest'
import { exchange } from '../../../../../test/support/exchange.ts'
import { testDoor } from '../../../../../test/support/test-door.ts'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { byteLength } from '../../base/text/fit.ts'
import http from './index.ts'

test('the answer in short, with the headers that say something', async () => {
  const asked: unknown[] = []
  const answer = exchange({
    method: 'POST',
    path: '/orders',
    status: 201,
    headers: { 'content-type': 'application/json', date: 'today', location: '/orders/7' },
    body: `{"id":7,"note":"${'ü'.repeat(1_900)}"}`,
  })
  const door = testDoor({
    http: async (request) => {
      asked.push(request)
      return answer
    },
  })
  const input = { method: 'POST', path: '/orders', body: { seat: 1 }, as: 'B' }
  const { text } = await callTool(http, input, '.', { door })
  expect(asked).toEqual([input])
  expect(text).toMatch(
    /^POST \/orders → 201 after \d+ ms\ncontent-type: application\/json\nlocation: \/orders\/7\n/,
  )
  expect(byteLength(text)).toBeLessThanOrEqual(4_000)
})

test('another host is no path', () => {
  expect(http.input.safeParse({ method: 'GET', path: 'http://example.com/' }).success).toBe(false)
  expect(http.subjects(http.input.parse({ method: 'GET', path: '/me' }))).toEqual([
    { kind: 'address', text: 'GET /me' },
  ])
})

import { expect, test } from 'vitest'
import { speakAs, speaksAs, toLoadRequest } from './load-request.ts'

const one = { headers: { authorization: 'Bearer one' } }
const two = { headers: { authorization: 'Bearer two' } }
const request = { method: 'GET', path: '/me', headers: { Authorization: 'Bearer one', accept: 'a/b' } }

test('another account takes the place of the first', () => {
  expect(speakAs(request, one, two).headers).toEqual({ accept: 'a/b', authorization: 'Bearer two' })
  expect([
    speaksAs(request, one),
    speaksAs(request, two),
    speaksAs({ method: 'GET', path: '/' }, one),
  ]).toEqual([true, false, false])
})

test('a request goes as a text, with its placeholders and what the lab adds', () => {
  const sent = { 'content-type': 'application/json', 'x-api-key': 'k', 'content-length': '9' }
  const body = { name: 'n-{{word}}', count: '{{number}}' }
  expect(toLoadRequest({ method: 'POST', path: '/a', body, headers: { 'X-Id': '{{uuid}}' } }, sent)).toEqual({
    method: 'POST',
    path: '/a',
    headers: { 'content-type': 'application/json', 'x-api-key': 'k', 'x-id': '{{uuid}}' },
    body: '{"name":"n-{{word}}","count":"{{number}}"}',
  })
  expect(toLoadRequest({ method: 'POST', path: '/a', body: 'a=1' }, {}).body).toBe('a=1')
  expect(toLoadRequest({ method: 'GET', path: '/a' }, {})).toEqual({ method: 'GET', path: '/a', headers: {} })
})

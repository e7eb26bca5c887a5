import { expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import type { LoadRequest } from './load.ts'
import { prepareRequest, problemOfRequest } from './prepare-request.ts'

const target = { host: '127.0.0.1', port: 3000 }
const get: LoadRequest = { method: 'GET', path: '/x', headers: {} }
const write = (request: LoadRequest, changes: { churn?: boolean; host?: string } = {}) =>
  prepareRequest(
    request,
    { target: { ...target, host: changes.host ?? target.host }, churn: changes.churn ?? false },
    createRandom(1),
  )
    .bytes()
    .toString()

test.each([
  ['GET', get, 'GET /x HTTP/1.1\r\nhost: 127.0.0.1:3000\r\n\r\n'],
  [
    'own headers, but not those that frame it',
    { ...get, headers: { Host: 'a', 'Content-Length': '9', Connection: 'close', 'X-A': 'b' } },
    'GET /x HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\r\n',
  ],
  [
    'a body in bytes',
    { ...get, method: 'POST', body: 'ü' },
    'POST /x HTTP/1.1\r\nhost: 127.0.0.1:3000\r\ncontent-length: 2\r\n\r\nü',
  ],
  [
    'an empty POST',
    { ...get, method: 'POST' },
    'POST /x HTTP/1.1\r\nhost: 127.0.0.1:3000\r\ncontent-length: 0\r\n\r\n',
  ],
  ['DELETE', { ...get, method: 'DELETE' }, 'DELETE /x HTTP/1.1\r\nhost: 127.0.0.1:3000\r\n\r\n'],
])('%s', (_, request, text) => {
  expect(write(request)).toBe(text)
})

test('churn asks to close, and IPv6 is written in brackets', () => {
  expect(write(get, { churn: true })).toContain('\r\nconnection: close\r\n\r\n')
  expect(write(get, { host: '::1' })).toContain('host: [::1]:3000\r\n')
})

test('without placeholders the bytes are made once', () => {
  const fixed = prepareRequest(get, { target }, createRandom(1))
  expect(fixed.bytes()).toBe(fixed.bytes())
  expect(fixed.filled()).toBe(get)
})

test('numbers stay numbers in JSON, and text stays text elsewhere', () => {
  const body = '{"n":"{{number}}","s":"{{digits}}"}'
  expect(write({ ...get, method: 'POST', body })).toMatch(/\{"n":\d+,"s":"\d{9}"\}$/)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect(write({ ...get, method: 'POST', headers: form, body: 'n={{number}}&w={{word}}' })).toMatch(
    /n=\d+&w=\w{10}$/,
  )
})

test.each([
  [get, null],
  [{ ...get, path: '/straße?x=ü' }, null],
  [{ ...get, path: '/a b' }, 'the path "/a b" holds blanks or control characters'],
  [{ ...get, path: '' }, 'the path "" holds blanks or control characters'],
  [{ ...get, method: 'G T' }, expect.stringContaining('G T')],
  [{ ...get, headers: { 'a:b': 'c' } }, expect.stringContaining('a:b')],
  [{ ...get, headers: { a: 'b\r\nc: d' } }, expect.stringContaining('Invalid character')],
])('%j can be sent unless %s', (request, problem) => {
  expect(problemOfRequest(request)).toEqual(problem)
})

import { expect, test } from 'vitest'
import { parseAccessLine } from './access-line.ts'

const at = '[10/Oct/2026:13:55:36 +0000]'

test.each([
  ['common', `127.0.0.1 - frank ${at} "GET /orders/7 HTTP/1.1" 200 2326`, 'GET /orders/7'],
  ['combined', `::1 - - ${at} "POST /orders?x=1 HTTP/2.0" 201 12 "-" "curl/8"`, 'POST /orders?x=1'],
  ['quotes in the agent', `::1 - - ${at} "PUT /a HTTP/1.1" 200 1 "-" "a \\"b\\""`, 'PUT /a'],
  ['without a version', `h - - ${at} "GET /old" 200 1`, 'GET /old'],
  ['method and path', '{"method":"get","path":"/orders"}', 'GET /orders'],
  ['method and url', '{"level":30,"method":"GET","url":"/orders?page=2"}', 'GET /orders?page=2'],
  ['nested by a logger', '{"req":{"method":"DELETE","url":"/orders/1"},"res":{}}', 'DELETE /orders/1'],
  ['a request line', '{"status":200,"request":"PATCH /orders/1 HTTP/1.1"}', 'PATCH /orders/1'],
  ['nginx names', ' {"request_method":"GET","request_uri":"/a?b=c","status":"200"}', 'GET /a?b=c'],
  ['a proxy', '{"httpRequest":{"requestMethod":"GET","requestUrl":"x","uri":"/b"}}', 'GET /b'],
])('%s', (_, line, expected) => {
  const found = parseAccessLine(line)
  expect(`${found?.method} ${found?.path}`).toBe(expected)
})

test.each([
  ['nothing', ''],
  ['prose', 'Server started on port 3000'],
  ['a request that is none', `127.0.0.1 - - ${at} "-" 400 0`],
  ['bytes of TLS', `127.0.0.1 - - ${at} "\\x16\\x03\\x01" 400 150`],
  ['broken JSON', '{"method":"GET","path":'],
  ['JSON of something else', '{"msg":"listening"}'],
  ['no object', '[1,2]'],
])('%s names no request', (_, line) => {
  expect(parseAccessLine(line)).toBeNull()
})

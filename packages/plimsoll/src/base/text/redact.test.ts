import { expect, test } from 'vitest'
import { redact } from './redact.ts'

test.each([
  ['postgres://app:s3cr3t@db.internal/books', 'postgres://app:(redacted)@db.internal/books'],
  ['Authorization: Bearer abcdefghijkl.mnop', 'Authorization: Bearer (redacted)'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1', 'token (redacted)'],
  ['DB_PASSWORD=hunter22', 'DB_PASSWORD=(redacted)'],
  ['{"password":"hunter22","title":"x"}', '{"password":"(redacted)","title":"x"}'],
  ['{"accessToken": "abcdefgh"}', '{"accessToken": "(redacted)"}'],
  ['api_key: abcdefgh', 'api_key: (redacted)'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '(redacted)'],
  ['-----BEGIN PRIVATE KEY-----\nMIIE, and cut off here', '(redacted)'],
])('%j', (text, clean) => {
  expect(redact(text)).toBe(clean)
})

test.each([
  'select * from books where author_id = $1',
  'postgres://127.0.0.1:5432/books',
  'PASSWORD=(disposable)',
  'postgres://plimsoll:(disposable)@127.0.0.1:5432/books',
  'the token is missing',
  'GET /tokens answered 200 after 3 ms',
])('left as it is: %s', (text) => {
  expect(redact(text)).toBe(text)
})

test('redacting twice changes nothing more', () => {
  const once = redact('DB_PASSWORD=hunter22 postgres://a:b@c/d Bearer abcdefghijklmnop')
  expect(redact(once)).toBe(once)
})

import { expect, test } from 'vitest'
import { createAnswerParser } from './answer-parser.ts'

const HEAD = 'HTTP/1.1 200 OK\r\n'

const CASES = [
  ['sized', `${HEAD}Content-Length: 5\r\n\r\nhello`, 200, true],
  ['sized, odd spelling', `${HEAD}CONTENT-LENGTH:\t5 \r\nx: y\r\n\r\nhello`, 200, true],
  ['empty', `${HEAD}content-length: 0\r\n\r\n`, 200, true],
  ['the same length twice', `${HEAD}content-length: 2\r\ncontent-length: 2\r\n\r\nok`, 200, true],
  ['bare line feeds', 'HTTP/1.1 404\ncontent-length: 2\n\nno', 404, true],
  ['no content', 'HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\n', 204, true],
  ['not modified', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n', 304, true],
  ['chunked', `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;x="y"\r\n!\r\n0\r\n\r\n`, 200, true],
  [
    'chunked wins',
    `${HEAD}content-length: 1\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    200,
    true,
  ],
  ['chunk of line ends', `${HEAD}transfer-encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n`, 200, true],
  [
    'trailers',
    `${HEAD}transfer-encoding: chunked\r\n\r\nA\r\n0123456789\r\n00\r\na: b\r\nc: d\r\n\r\n`,
    200,
    true,
  ],
  ['continue first', `HTTP/1.1 100 Continue\r\n\r\n${HEAD}content-length: 2\r\n\r\nok`, 200, true],
  [
    'early hints first',
    `HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n${HEAD}content-length: 0\r\n\r\n`,
    200,
    true,
  ],
  ['asks to close', `${HEAD}connection: x, Close\r\ncontent-length: 2\r\n\r\nok`, 200, false],
  ['old', 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok', 200, false],
  ['old but stays', 'HTTP/1.0 200 OK\r\nconnection: Keep-Alive\r\ncontent-length: 2\r\n\r\nok', 200, true],
  ['long header', `${HEAD}x: ${'y'.repeat(9_000)}\r\ncontent-length: 2\r\n\r\nok`, 200, true],
] as const

test.each(CASES)('%s: whole, byte by byte, and at every border', (_, text, status, staysOpen) => {
  const bytes = Buffer.from(text)
  const parser = createAnswerParser()
  const check = (pieces: readonly Buffer[]) => {
    parser.expect(false)
    for (const piece of pieces) {
      expect(parser.isDone).toBe(false)
      expect(parser.feed(piece, piece.length)).toBe(piece.length)
    }
    expect([parser.isDone, parser.status, parser.staysOpen]).toEqual([true, status, staysOpen])
  }
  check([bytes])
  check(Array.from(bytes, (_, index) => bytes.subarray(index, index + 1)))
  for (let border = 1; border < Math.min(bytes.length, 300); border += 1)
    check([bytes.subarray(0, border), bytes.subarray(border)])
})

test('an answer to HEAD has no body', () => {
  const parser = createAnswerParser()
  const bytes = Buffer.from(`${HEAD}content-length: 500\r\n\r\n`)
  parser.expect(true)
  expect(parser.feed(bytes, bytes.length)).toBe(bytes.length)
  expect(parser.isDone).toBe(true)
})

test('a body without a size ends with the connection', () => {
  const parser = createAnswerParser()
  const bytes = Buffer.from(`${HEAD}\r\nsome\r\n\r\nbody`)
  parser.expect(false)
  expect(parser.feed(bytes, bytes.length)).toBe(bytes.length)
  expect(parser.isDone).toBe(false)
  expect(parser.end()).toBe(true)
})

test('what follows the answer is left', () => {
  const parser = createAnswerParser()
  const bytes = Buffer.from(`${HEAD}content-length: 2\r\n\r\nokHTTP`)
  parser.expect(false)
  expect(parser.feed(bytes, bytes.length)).toBe(bytes.length - 4)
})

test('a connection that ends early is no proper end', () => {
  for (const text of ['', 'HTTP/1.1 2', HEAD, `${HEAD}content-length: 9\r\n\r\nhalf`]) {
    const parser = createAnswerParser()
    parser.expect(false)
    parser.feed(Buffer.from(text), text.length)
    expect(parser.end()).toBe(false)
  }
})

test.each([
  ['another protocol', '+OK ready\r\n'],
  ['HTTP/2', 'HTTP/2 200 OK\r\n'],
  ['no status', 'HTTP/1.1 OK\r\n'],
  ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
  ['no number', `${HEAD}content-length: five\r\n\r\n`],
  ['a negative size', `${HEAD}content-length: -5\r\n\r\n`],
  ['two sizes', `${HEAD}content-length: 5\r\ncontent-length: 6\r\n\r\n`],
  ['no chunk size', `${HEAD}transfer-encoding: chunked\r\n\r\nhello\r\n`],
  ['a chunk that is too long', `${HEAD}transfer-encoding: chunked\r\n\r\n2\r\nabcd\r\n`],
  ['an endless line', `${HEAD}x: ${'y'.repeat(70_000)}`],
])('%s is refused', (_, text) => {
  const parser = createAnswerParser()
  parser.expect(false)
  expect(parser.feed(Buffer.from(text), text.length)).toBe(-1)
})

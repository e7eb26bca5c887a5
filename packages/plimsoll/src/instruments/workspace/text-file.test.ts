import { expect, test } from 'vitest'
import { isBinary, readTextFile, writeTextFile } from './text-file.ts'

const bytes = (text: string) => Buffer.from(text)

test.each([
  ['plain', 'one\ntwo\n', 'one\ntwo\n', '\n'],
  ['CRLF', 'one\r\ntwo\r\n', 'one\ntwo\n', '\r\n'],
  ['one stray CRLF of many', 'one\ntwo\r\nthree\nfour\n', 'one\ntwo\r\nthree\nfour\n', '\n'],
  ['a byte-order mark', '\ufeffone\n', 'one\n', '\n'],
  ['nothing', '', '', '\n'],
])('%s goes back as it came', (_, raw, text, lineEnd) => {
  const file = readTextFile(bytes(raw))
  expect(file).toMatchObject({ text, lineEnd })
  if (file !== null) expect(writeTextFile(file.text, file)).toBe(raw)
})

test('what is no text', () => {
  expect(isBinary(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]))).toBe(true)
  expect(isBinary(Buffer.from([0x61, 0xff, 0xfe]))).toBe(true)
  expect(readTextFile(Buffer.from([0xc3, 0x28]))).toBeNull()
  expect(isBinary(bytes('Grüße'))).toBe(false)
})

test('line ends that the writer mixed become the one of the file', () => {
  expect(writeTextFile('one\r\ntwo\n', { lineEnd: '\r\n', mark: '' })).toBe('one\r\ntwo\r\n')
})

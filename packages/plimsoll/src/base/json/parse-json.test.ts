import { expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'

test.each([
  ['{"id":1}', { id: 1 }],
  ['', null],
  ['<html>', null],
])('%s', (text, value) => {
  expect(parseJson(text)).toEqual(value)
})

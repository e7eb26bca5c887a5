import { expect, test } from 'vitest'
import { exchange } from '../../../../../test/support/exchange.ts'
import { shapeOf } from './shape.ts'

test.each([
  ['{"message":"x","error":"y"}', 'json {error, message}'],
  ['["x"]', 'json list'],
  ['"x"', 'json string'],
  ['null', 'json object'],
  ['', 'empty'],
])('%s', (body, shape) => {
  expect(shapeOf(exchange({ body }))).toBe(shape)
})

test('what is not JSON is known by its media type', () => {
  const headers = { 'content-type': 'text/html; charset=utf-8' }
  expect(shapeOf(exchange({ body: '<h1>', headers }))).toBe('text/html')
  expect(shapeOf(exchange({ body: 'no', headers: {} }))).toBe('text')
})

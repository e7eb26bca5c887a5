import { expect, test } from 'vitest'
import { findLines } from './find-line.ts'

const yaml = `openapi: 3.1.0
paths:
  /notes/{id}:
    get:
      parameters:
        - name: id
        - name: full
      responses:
        200:
          description: ok
`

test.each([
  ['/paths/~1notes~1{id}/get', 4],
  ['/paths/~1notes~1{id}/get/parameters/1', 7],
  ['/paths/~1notes~1{id}/get/responses/200', 9],
  ['/paths/~1notes~1{id}/post', 3],
  ['/components', 1],
  ['', 1],
])('%s is on line %i', (pointer, line) => {
  expect(findLines(yaml)(pointer)).toBe(line)
})

test('JSON', () => {
  const text = JSON.stringify({ openapi: '3.1.0', paths: { '/a': { get: {} } } }, null, 2)
  expect(findLines(text)('/paths/~1a/get')).toBe(5)
})

import { expect, test } from 'vitest'
import { improveQuery, withQuery } from './required-query.ts'

test.each([
  [{}, `{"message":"querystring must have required property 'q'"}`, { q: 'Plimsoll plimsoll' }],
  [
    {},
    '{"error":"from and to are required"}',
    { from: '2030-01-15T12:00:00.000Z', to: '2030-01-16T12:00:00.000Z' },
  ],
  [{ q: 'x' }, '{"issues":[{"path":["query","limit"],"message":"expected number"}]}', { q: 'x', limit: '1' }],
  [{ q: 'x' }, '{"error":"no"}', null],
])('%j and %s', (query, refusal, better) => {
  expect(improveQuery(query, refusal)).toEqual(better)
})

test('a query without anything in it is none', () => {
  expect(withQuery('/books', {})).toBe('/books')
  expect(withQuery('/books', { q: 'a b' })).toBe('/books?q=a+b')
})

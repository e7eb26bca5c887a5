import { expect, test } from 'vitest'
import { routeOf } from '../../../../../test/support/known-request.ts'
import { createHarvest } from './harvest.ts'
import { improveQuery, readQuery, withQuery } from './required-query.ts'

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

test('what the code reads of the query is filled with things that are known, and with plausible texts', () => {
  const harvest = createHarvest()
  harvest.keep('/seats', '[{"id":8}]')
  harvest.keep('/users', '[{"id":5}]')
  const route = routeOf('GET', '/seat', {
    reads: { body: [], params: [], query: ['id', 'user', 'email', 'note', 'sent'] },
  })
  expect(readQuery(route, { sent: 'x' }, harvest)).toEqual({
    ...{ id: '8', user: '5', email: 'plimsollplimsoll@example.com', note: 'Plimsoll plimsoll', sent: 'x' },
  })
  expect(
    readQuery(routeOf('GET', '/profile', { reads: { body: [], params: [], query: ['id'] } }), {}, harvest),
  ).toEqual({
    id: '5',
  })
  expect(readQuery(routeOf('GET', '/seat'), {}, harvest)).toBeNull()
})

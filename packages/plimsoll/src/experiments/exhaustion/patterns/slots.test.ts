import { expect, test } from 'vitest'
import { knownRequest } from '../../../../../../test/support/known-request.ts'
import { slotsOf } from './slots.ts'

test('every text of a body, a query and a path is a place, and one that the code reads beside them', () => {
  const write = knownRequest('POST', '/users', { body: { user: { name: 'a', age: 3 }, tags: ['x'] } })
  write.route.reads = { body: ['user.name', 'note'], query: [], params: [] }
  const read = knownRequest('GET', '/users/:slug', { path: '/users/ada?sort=name' })
  const slots = slotsOf({ known: [write, read] })
  expect(slots.map(({ operation, input }) => `${operation} ${input}`)).toEqual([
    'POST /users user.name of the body',
    'POST /users tags.0 of the body',
    'POST /users note of the body',
    'GET /users/:slug sort of the query',
    'GET /users/:slug slug of the path',
  ])
  const sent = slots.map(({ request, fill }) => fill(request, 'a b'))
  expect(sent.map(({ path, body }) => body ?? path)).toEqual([
    { user: { name: 'a b', age: 3 }, tags: ['x'] },
    { user: { name: 'a', age: 3 }, tags: ['a b'] },
    { user: { name: 'a', age: 3 }, tags: ['x'], note: 'a b' },
    '/users/ada?sort=a+b',
    '/users/a%20b?sort=name',
  ])
})

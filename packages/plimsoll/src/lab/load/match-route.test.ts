import { expect, test } from 'vitest'
import { createRouteMatcher } from './match-route.ts'

const match = createRouteMatcher([
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/users/:id' },
  { method: 'GET', path: '/users/me' },
  { method: 'GET', path: '/venues/:venueId/events/:id' },
  { method: 'GET', path: '/files/*' },
  { method: 'GET', path: '/v1.0/a+b' },
])

test.each([
  ['/', 'GET /'],
  ['/users/7', 'GET /users/:id'],
  ['/users/me', 'GET /users/me'],
  ['/users/me/', 'GET /users/me'],
  ['/users/7?a=/x', 'GET /users/:id'],
  ['/venues/1/events/2', 'GET /venues/:venueId/events/:id'],
  ['/files/a/b.txt', 'GET /files/*'],
  ['/v1.0/a+b', 'GET /v1.0/a+b'],
  ['/v1x0/aab', null],
  ['/users', null],
  ['http://host:1/users/7#x', 'GET /users/:id'],
])('GET %s', (path, name) => {
  expect(match('GET', path)).toBe(name)
})

test('the method counts', () => {
  expect(match('POST', '/users/7')).toBeNull()
})

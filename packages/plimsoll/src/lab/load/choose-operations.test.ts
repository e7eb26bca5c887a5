import { expect, test } from 'vitest'
import { knownRequest, routeOf } from '../../../../../test/support/known-request.ts'
import type { KnownRequest } from '../lab.ts'
import { type Choice, chooseOperations } from './choose-operations.ts'

const reads = { statements: { postgres: 1 } }
const writes = { statements: { postgres: 2 }, writes: { postgres: 1 } }
const NO_HEALTH = { ready: null, live: null }

const choose = (known: readonly KnownRequest[], choice: Partial<Choice> = {}) =>
  chooseOperations({
    known,
    service: { routes: known.map(({ route }) => route) },
    health: NO_HEALTH,
    named: null,
    ...choice,
  })

const names = ({ candidates }: ReturnType<typeof choose>) => candidates.map(({ name }) => name)

test('reads and safe writes are sent, each route once, by what they do to the store', () => {
  const chosen = choose([
    knownRequest('GET', '/orders', reads),
    { ...knownRequest('GET', '/orders?page=2', reads), route: routeOf('GET', '/orders') },
    knownRequest('POST', '/orders', writes),
    knownRequest('POST', '/search', reads),
    knownRequest('POST', '/echo'),
    knownRequest('GET', '/visit', writes),
    knownRequest('PATCH', '/orders/1', writes),
  ])
  expect(chosen.candidates.map(({ name, effect }) => `${name} ${effect}`)).toEqual([
    'GET /orders reads',
    'POST /orders writes',
    'POST /search reads',
    'POST /echo writes',
    'GET /visit writes',
    'PATCH /orders/1 writes',
  ])
  expect(chosen.left).toEqual([])
})

test.each([
  ['DELETE', '/orders/1', writes, 'it deletes: the second time there is nothing left of it'],
  ['POST', '/login', reads, 'it logs in: clients do so once, not all the time'],
  ['POST', '/auth/register', writes, 'it makes accounts'],
  ['POST', '/logout', {}, 'it ends the session that the other requests need'],
  ['POST', '/auth/forgot-password', writes, 'it changes passwords'],
  ['PUT', '/me/password', writes, 'it changes passwords'],
  ['POST', '/admin/maintenance', {}, 'its name says that the app may do less afterwards'],
  ['GET', '/createdb', writes, 'its name says that it makes or removes what the app keeps'],
  ['PUT', '/avatar', { body: Buffer.from([1]) }, 'its body is no text'],
])('%s %s is left, and why', (method, path, parts, reason) => {
  const chosen = choose([knownRequest('GET', '/orders', reads), knownRequest(method, path, parts)])
  expect(names(chosen)).toEqual(['GET /orders'])
  expect(chosen.left).toEqual([{ name: `${method} ${path}`, reason }])
})

test('what did not work when it was tried is left', () => {
  const { left } = choose([{ ...knownRequest('GET', '/orders', reads), status: 404 }])
  expect(left).toEqual([{ name: 'GET /orders', reason: 'it answered 404 when it was tried' }])
})

test('a health route counts only where it reaches a store, or where nothing else is there', () => {
  const bare = knownRequest('GET', '/health')
  const deep = knownRequest('GET', '/health', reads)
  const health = { ready: '/health', live: null }
  const orders = knownRequest('GET', '/orders', reads)
  expect(names(choose([bare, orders], { health }))).toEqual(['GET /orders'])
  expect(choose([bare, orders], { health }).left[0]?.reason).toContain('flatter')
  expect(names(choose([deep, orders], { health }))).toEqual(['GET /health', 'GET /orders'])
  expect(names(choose([bare], { health }))).toEqual(['GET /health'])
})

test('what is asked for by name is sent, as far as it can be', () => {
  const known = [
    knownRequest('GET', '/orders', reads),
    knownRequest('POST', '/login', reads),
    knownRequest('DELETE', '/orders/1', writes),
  ]
  const chosen = choose(known, { named: new Set(['POST /login', 'DELETE /orders/1']) })
  expect(names(chosen)).toEqual(['POST /login'])
  expect(chosen.left).toEqual([
    { name: 'GET /orders', reason: 'the configuration gives it no weight' },
    { name: 'DELETE /orders/1', reason: 'it deletes: the second time there is nothing left of it' },
  ])
})

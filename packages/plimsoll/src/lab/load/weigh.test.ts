import { expect, test } from 'vitest'
import { checkNames, weigh } from './weigh.ts'

const operations = [{ name: 'GET /a' }, { name: 'GET /b' }, { name: 'POST /c' }]

test('equal weights', () => {
  expect(weigh(operations, { kind: 'equal' })).toMatchObject({
    operations: [{ weight: 1 }, { weight: 1 }, { weight: 1 }],
    weights: 'equal',
    left: [],
  })
})

test('declared weights leave out the rest', () => {
  expect(weigh(operations, { kind: 'declared', weights: { 'GET /a': 3, 'GET /b': 0 } })).toEqual({
    operations: [{ name: 'GET /a', weight: 3 }],
    left: [
      { name: 'GET /b', reason: 'the configuration gives it no weight' },
      { name: 'POST /c', reason: 'the configuration gives it no weight' },
    ],
    weights: 'declared',
    limits: [],
  })
})

test('an access log weighs by its counts, and says what of it is not sent', () => {
  const counts = {
    lines: 1204,
    routes: new Map([
      ['GET /a', 1000],
      ['POST /c', 150],
      ['POST /login', 40],
    ]),
    strange: 4,
    unread: 10,
  }
  expect(weigh(operations, { kind: 'access log', counts })).toEqual({
    operations: [
      { name: 'GET /a', weight: 1000 },
      { name: 'POST /c', weight: 150 },
    ],
    left: [{ name: 'GET /b', reason: 'the access log does not have it' }],
    weights: 'access log, 1,204 lines',
    limits: [
      '44 lines of the access log are of requests that are not sent',
      '10 lines of the access log name no request',
    ],
  })
})

test('an access log of another service gives equal weights, and says so', () => {
  const counts = { lines: 1, routes: new Map<string, number>(), strange: 1, unread: 0 }
  expect(weigh(operations, { kind: 'access log', counts })).toMatchObject({
    weights: 'equal',
    limits: ['the access log (1 line) has none of the operations, so each has the same weight'],
  })
})

test('a weight of a route that does not exist is a mistake that names the nearest one', () => {
  const routes = [
    { method: 'GET', path: '/orders' },
    { method: 'ANY', path: '/files' },
  ]
  expect(() => checkNames({ 'GET /orders': 1, 'GET /files': 1 }, routes)).not.toThrow()
  expect(() => checkNames({ 'GET /order': 1 }, routes)).toThrow(
    'the configuration: "load.weights": "GET /order" is no route of the service (did you mean "GET /orders"?)',
  )
})

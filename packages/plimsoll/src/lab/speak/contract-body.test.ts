import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Route, System } from '../../model/system.ts'
import { contractBodies } from './contract-body.ts'

const contracts: System['contracts'] = [
  { kind: 'openapi', file: 'openapi.yaml', version: '3', operations: 1 },
]

const route = (method: string, path: string): Route => {
  const place = { file: 'server.js', line: 1 }
  return {
    ...{ method, path, place, handler: { name: null, place }, middlewares: [] },
    ...{ guard: 'unknown', validator: 'unknown', framework: 'express' },
  }
}

/** The part of a project that a contract is read through. */
const bodies = (text: string, method: string, path: string) => {
  const project = { json: () => null, yaml: () => [parse(text)], peek: () => null }
  const asked = route(method, path)
  return contractBodies({ system: { contracts }, project }, [asked], asked)
}

const THREE = `
openapi: 3.1.0
servers: [{ url: 'https://api.example.com/v1/' }]
paths:
  /venues/{venueId}/events:
    post:
      requestBody: { $ref: '#/components/requestBodies/Event' }
    get: {}
  /login:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [email], properties: { email: { type: string } } }
            example: { email: ada@example.com }
  /notes:
    post:
      requestBody:
        content:
          application/json:
            examples: { short: { value: { text: Hello } } }
components:
  requestBodies:
    Event:
      content:
        application/json:
          schema: { $ref: '#/components/schemas/Event' }
  schemas:
    Event:
      type: object
      required: [title, seats]
      properties: { title: { type: string }, seats: { type: integer, minimum: 10 }, note: { type: string } }
`

describe('OpenAPI 3', () => {
  test.each(['/venues/:venueId/events', '/v1/venues/:id/events', '/venues/:id/events/'])('%s', (path) => {
    expect(bodies(THREE, 'POST', path)).toEqual([{ title: 'Plimsoll {{word}}', seats: 10 }])
  })

  test('the schema comes before the example, which may collide with itself', () => {
    expect(bodies(THREE, 'POST', '/login')).toEqual([
      { email: 'plimsoll{{word}}@example.com' },
      { email: 'ada@example.com' },
    ])
    expect(bodies(THREE, 'POST', '/notes')).toEqual([{ text: 'Hello' }])
  })

  test('what takes no body, or is not there, gives none', () => {
    expect(bodies(THREE, 'GET', '/venues/:id/events')).toEqual([])
    expect(bodies(THREE, 'PUT', '/login')).toEqual([])
    expect(bodies(THREE, 'POST', '/v2/login')).toEqual([])
  })
})

const TWO = `
swagger: '2.0'
basePath: /api
paths:
  /users:
    post:
      parameters:
        - { in: query, name: dry, type: boolean }
        - { in: body, name: user, schema: { $ref: '#/definitions/User' } }
definitions:
  User: { type: object, required: [username], properties: { username: { type: string } } }
`

test('OpenAPI 2, below its base path', () => {
  expect(bodies(TWO, 'POST', '/api/users')).toEqual([{ username: 'plimsoll{{word}}' }])
})

test.each(['', '[]', 'paths: 3', 'paths: { /a: { post: { requestBody: { content: 3 } } } }'])(
  'a document that is none teaches nothing: %j',
  (text) => {
    expect(bodies(text, 'POST', '/a')).toEqual([])
  },
)

import { expect, test } from 'vitest'
import type { Api, ApiOperation } from '../../contract/api.ts'
import type { KnownRequest } from '../../lab/lab.ts'
import type { Route, Service } from '../../model/system.ts'
import { operationsOf } from './operations.ts'

const route = (method: string, path: string): Route => ({
  ...{ method, path, place: { file: 'a.js', line: 1 }, handler: { name: null, place: null } },
  ...{ middlewares: [], guard: 'unknown', validator: 'unknown', framework: 'express' },
})
const known = (method: string, path: string, body?: unknown): KnownRequest => ({
  ...{ route: route(method, path), status: 200, statements: {}, writes: {}, how: 'inferred' },
  request: { method, path, body },
})
const described = (method: string, path: string): ApiOperation => ({
  ...{ id: null, method, path, parameters: [], body: null, responses: [], security: null },
  ...{ links: [], deprecated: false, pointer: '' },
})
const api = (kind: Api['from']['kind'], ...operations: ApiOperation[]): Api => ({
  ...{ from: { kind, where: 'x' }, version: '3.1.0', title: '', operations, definitions: {}, problems: [] },
})
const service: Service = {
  ...{ name: 'a', dir: '.', language: 'javascript', framework: null, typescript: false, scripts: {} },
  ...{ runtime: { name: 'node', wanted: null }, entry: null, build: null, start: [], test: null, ports: [] },
  packages: { manager: null, lockfile: null, install: null, installed: true },
  ...{ env: [], stores: [], migrations: [], seeds: [], routes: [], unresolved: [] },
}
const labels = (given: Parameters<typeof operationsOf>[0]) =>
  operationsOf(given).map(({ label, own, role }) => `${label} ${own} ${role}`)

test('what is described comes with what is known; what is only known is told by its request', () => {
  expect(
    labels({
      service,
      api: api('repo', described('GET', '/a/:id')),
      known: [known('GET', '/a/:thing'), known('POST', '/b', { n: 1 })],
    }),
  ).toEqual(['GET /a/:thing true read', 'POST /b false write'])
})

test('what may end the session comes last, what asks to be left alone is not called', () => {
  const all = [
    known('POST', '/logout'),
    known('DELETE', '/users/:id'),
    known('DELETE', '/notes/:id'),
    known('PUT', '/users/:id', { password: 'x' }),
    known('PATCH', '/me', { name: 'x' }),
    known('POST', '/admin/maintenance'),
    known('POST', '/notes', { text: 'x' }),
    known('GET', '/notes'),
  ]
  expect(labels({ service, known: all })).toEqual([
    'GET /notes false read',
    'POST /notes false write',
    'DELETE /notes/:id false delete',
    'DELETE /users/:id false delete',
    'PATCH /me false account',
    'PUT /users/:id false account',
    'POST /logout false session',
  ])
})

test('a body that is known stands in where the survey found none', () => {
  const [one] = operationsOf({
    service,
    api: api('survey', described('POST', '/b')),
    known: [known('POST', '/b', { n: 1, t: 'x' })],
  })
  expect(one?.described.body?.content[0]?.schema).toEqual({
    type: 'object',
    properties: { n: { type: 'number' }, t: { type: 'string' } },
  })
})

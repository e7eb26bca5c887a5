import { expect, test } from 'vitest'
import type { Api } from './api.ts'
import { operationOfRequest, operationOfRoute } from './find-operation.ts'
import { readOpenapi } from './openapi/read-openapi.ts'

const api: Api = readOpenapi(
  {
    openapi: '3.1.0',
    servers: [{ url: '/v1' }],
    paths: {
      '/notes/{id}': { get: {}, delete: {} },
      '/notes/mine': { get: {} },
      '/notes/{id}/files/{name}.{ending}': { get: {} },
      '/': { get: {} },
    },
  },
  { from: { kind: 'served', where: '/openapi.json' } },
)

test.each([
  ['GET', '/v1/notes/7', '/v1/notes/:id'],
  ['get', '/v1/notes/7/?full=1', '/v1/notes/:id'],
  ['GET', '/v1/notes/mine', '/v1/notes/mine'],
  ['DELETE', '/v1/notes/mine', '/v1/notes/:id'],
  ['GET', '/v1/notes/7/files/a.b.pdf', '/v1/notes/:id/files/:name.:ending'],
  ['GET', '/v1', '/v1'],
  ['PUT', '/v1/notes/7', undefined],
  ['GET', '/notes/7', undefined],
  ['GET', '/v1/notes/7/files', undefined],
])('%s %s', (method, path, found) => {
  expect(operationOfRequest(api, method, path)?.path).toBe(found)
})

test.each([
  ['GET', '/v1/notes/:noteId', '/v1/notes/:id'],
  ['GET', '/v1/notes/:id(\\d+)/', '/v1/notes/:id'],
  ['GET', '/v1/notes/mine', '/v1/notes/mine'],
  ['POST', '/v1/notes/mine', undefined],
])('route %s %s', (method, path, found) => {
  expect(operationOfRoute(api, { method, path })?.path).toBe(found)
})

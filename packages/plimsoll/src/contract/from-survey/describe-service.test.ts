import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import type { Route } from '../../model/system.ts'
import { apiOfService, describeService } from './describe-service.ts'
import type { Observed } from './observed.ts'
import { shapeOf } from './paths.ts'

const route = (method: string, path: string, more: Partial<Route> = {}): Route => ({
  method,
  path,
  place: { file: 'src/app.ts', line: 7 },
  handler: { name: null, place: { file: 'src/handlers.ts', line: 12 } },
  middlewares: [],
  guard: 'unknown',
  validator: 'unknown',
  framework: 'express',
  ...more,
})

const service = (routes: Route[]) => ({ name: 'harbour', routes, unresolved: [] })

const answer = (method: string, path: string, status: number, sample?: Observed['sample']): Observed => ({
  method,
  path,
  status,
  mediaType: sample === undefined ? null : 'application/json',
  ...(sample !== undefined && { sample }),
})

const ROUTES = [
  route('GET', '/api/ships', {
    guard: 'no',
    reads: { body: [], query: ['page', 'order'], params: [] },
    schemas: {
      query: { type: 'object', properties: { page: { type: 'integer', minimum: 1 } }, required: ['page'] },
    },
  }),
  route('POST', '/api/ships', {
    guard: 'yes',
    credentials: [{ in: 'bearer' }],
    schemas: {
      body: {
        type: 'object',
        properties: { name: { type: 'string' }, sister: { $ref: '#/$defs/ship' } },
        required: ['name'],
        $defs: { ship: { type: 'object', properties: { sister: { $ref: '#/$defs/ship' } } } },
      },
    },
  }),
  route('GET', '/api/ships/:id', {
    guard: 'yes',
    schemas: { params: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] } },
  }),
  route('DELETE', '/api/ships/:shipId', { guard: 'yes', credentials: [{ in: 'cookie', name: 'sid' }] }),
  route('PUT', '/cargo/:id?', {
    reads: { body: ['user.email', 'items.0.sku', 'note'], query: [], params: ['id'] },
  }),
  route('GET', '/files/*', {
    schemas: { responses: { 200: { type: 'string' }, '4XX': { type: 'object' }, DEFAULT: { type: 'null' } } },
  }),
  route('ANY', '/echo'),
  route('GET', '/\\/old(er)?/'),
]

const OBSERVED = [
  answer('GET', '/api/ships', 200, [
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Bo', note: null },
  ]),
  answer('GET', '/api/ships/:id', 404, { code: 'SHIP_NOT_FOUND', message: 'no such ship' }),
  answer('POST', '/api/ships', 400, { code: 'INVALID', message: 'name is missing', field: 'name' }),
  answer('POST', '/api/ships', 201),
]

test('a valid document, in which every route is found again', async () => {
  for (const observed of [[], OBSERVED]) {
    const { document } = describeService(service(ROUTES), { observed })
    const validator = new Validator()
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  }
  const api = apiOfService(service(ROUTES), { observed: OBSERVED })
  expect(api.problems).toEqual([])
  const found = api.operations.map(({ method, path }) => `${method} ${shapeOf(path.replace(/:\w+/g, '{}'))}`)
  const wanted = [
    'GET /api/ships',
    'POST /api/ships',
    'GET /api/ships/{}',
    'DELETE /api/ships/{}',
    'PUT /cargo',
    'PUT /cargo/{}',
    'GET /files/{}',
    'GET /echo',
    'DELETE /echo',
  ]
  for (const one of wanted) expect(found).toContain(one)
  expect(api.operations.find(({ method, path }) => method === 'POST' && path === '/api/ships')).toMatchObject(
    {
      body: { required: true },
      security: [['bearer']],
    },
  )
})

test('what is known of each operation', () => {
  const { document, leftOut } = describeService(service(ROUTES), { observed: OBSERVED })
  expect(document).toMatchObject({
    openapi: '3.1.0',
    info: { title: 'harbour', version: '0.0.0' },
    tags: [{ name: 'cargo' }, { name: 'echo' }, { name: 'files' }, { name: 'ships' }],
    paths: {
      '/api/ships': {
        get: {
          operationId: 'getApiShips',
          tags: ['ships'],
          security: [],
          parameters: [
            { name: 'page', in: 'query', required: true, schema: { type: 'integer', minimum: 1 } },
            { name: 'order', in: 'query', schema: { type: 'string' } },
          ],
          'x-plimsoll-source': 'src/handlers.ts:12',
        },
        post: {
          security: [{ bearer: [] }],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { properties: { sister: { $ref: '#/components/schemas/ship' } } },
              },
            },
          },
          responses: { 201: { description: 'Created' }, 400: { $ref: '#/components/responses/Error400' } },
        },
      },
      '/api/ships/{id}': {
        get: {
          operationId: 'getApiShipsById',
          'x-plimsoll-guard': 'yes',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 404: { $ref: '#/components/responses/Error404' } },
        },
        delete: { security: [{ 'cookie.sid': [] }] },
      },
      '/cargo/{id}': {
        put: {
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  properties: {
                    user: { properties: { email: {} } },
                    items: { type: 'array', items: { properties: { sku: {} } } },
                  },
                },
              },
            },
          },
        },
      },
      '/files/{rest}': {
        get: { responses: { 200: {}, '4XX': { $ref: '#/components/responses/Error4XX' }, default: {} } },
      },
    },
    components: {
      schemas: {
        ship: { properties: { sister: { $ref: '#/components/schemas/ship' } } },
        Error: {
          type: 'object',
          properties: { code: { type: 'string' }, message: { type: 'string' }, field: { type: 'string' } },
          required: ['code', 'message'],
        },
      },
      responses: {
        Error404: {
          description: 'Not Found: SHIP_NOT_FOUND',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Error' },
              examples: { SHIP_NOT_FOUND: { value: { code: 'SHIP_NOT_FOUND', message: 'no such ship' } } },
            },
          },
        },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        'cookie.sid': { type: 'apiKey', in: 'cookie', name: 'sid' },
      },
    },
  })
  expect(leftOut).toEqual([
    { what: 'GET /\\/old(er)?/', why: 'its path is no template', source: 'src/handlers.ts:12' },
  ])
})

test('names stay when other routes come and go', () => {
  const idsOf = (routes: Route[]) => apiOfService(service(routes)).operations.map(({ id }) => id)
  const [first] = idsOf(ROUTES.slice(2, 3))
  expect(idsOf(ROUTES)).toContain(first)
  expect(new Set(idsOf(ROUTES)).size).toBe(idsOf(ROUTES).length)
})

import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttp } from '../../instruments/http/create-http.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import type { Route, Service, System } from '../../model/system.ts'
import { readContracts } from '../../survey/contracts/contracts.ts'
import { findApi } from './find-api.ts'

let server: Server | null = null

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = null
})

const serve = (listener: RequestListener) =>
  new Promise<ReturnType<typeof createHttp>>((resolve) => {
    const made = createServer(listener)
    server = made
    made.listen(0, '127.0.0.1', () => {
      const address = made.address()
      const port = typeof address === 'object' && address ? address.port : 0
      resolve(createHttp({ baseUrl: `http://127.0.0.1:${port}`, nowMs: () => performance.now() }))
    })
  })

/** An app that serves these texts, and counts what it is asked. */
const serving = async (pages: Record<string, string | { location: string }>) => {
  const asked: string[] = []
  const http = await serve((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const page = pages[path]
    if (page === undefined) response.writeHead(404).end('<p>no</p>')
    else if (typeof page === 'object') response.writeHead(301, page).end()
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page)
  })
  return { http, asked }
}

const route = (name: string): Route => {
  const [method = '', path = ''] = name.split(' ')
  const place = { file: 'server.js', line: 1 }
  return {
    ...{ method, path, place, handler: { name: null, place }, middlewares: [] },
    ...{ guard: 'unknown', validator: 'unknown', framework: 'express' },
  }
}

type Given = {
  files?: Record<string, string | object>
  routes?: string[]
  http?: ReturnType<typeof createHttp>
  dir?: string
}

const find = async ({ files = {}, routes = [], http, dir = '.' }: Given) => {
  const fixture = writeFixture({ 'package.json': {}, ...files })
  try {
    const project = await openProject(fixture.dir)
    const service = { name: 'notes', dir, routes: routes.map(route), unresolved: [] } as unknown as Service
    const system = { contracts: readContracts(project) } as System
    return await findApi({ project, system, service, http: http ?? null })
  } finally {
    fixture.remove()
  }
}

const document = (paths: Record<string, string[]>, more: object = {}) => ({
  openapi: '3.1.0',
  ...more,
  paths: Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(methods.map((method) => [method, {}])),
    ]),
  ),
})

const operations = (api: Awaited<ReturnType<typeof find>>) =>
  api?.operations.map(({ method, path }) => `${method} ${path}`)

describe('documents of the repo', () => {
  test('of several, the one that says most of the routes, completed by the others', async () => {
    const api = await find({
      files: {
        'petstore.json': document({ '/pets': ['get', 'post'] }),
        'v1.json': document(
          { '/notes': ['get'], '/old': ['get'], '/users/{id}': ['get'] },
          { components: { schemas: { Note: { type: 'object' } } } },
        ),
        'v2.json': document(
          { '/notes': ['get', 'post'], '/notes/{id}': ['get'], '/planned': ['get'] },
          { components: { schemas: { Note: { type: 'string' } } } },
        ),
      },
      routes: ['GET /notes', 'POST /notes', 'GET /notes/:id', 'GET /users/:id'],
    })
    expect(api?.from).toEqual({ kind: 'repo', where: 'v2.json' })
    expect(operations(api)).toEqual([
      ...['GET /notes', 'POST /notes', 'GET /notes/:id', 'GET /planned'],
      'GET /users/:id',
    ])
    expect(api?.definitions).toEqual({ Note: { type: 'string' }, Note2: { type: 'object' } })
  })

  test("somebody else's document says nothing of this service", async () => {
    const files = { 'petstore.json': document({ '/pets': ['get'] }) }
    const api = await find({ files, routes: ['GET /notes'] })
    expect(api?.from).toEqual({ kind: 'survey', where: 'the source' })
    expect(operations(api)).toEqual(['GET /notes'])
    expect(operations(await find({ files }))).toEqual(['GET /pets'])
  })

  test('a base path that the document does not say is found from the routes', async () => {
    const api = await find({
      files: { 'api.json': document({ '/notes': ['get'], '/notes/{id}': ['get', 'delete'] }) },
      routes: ['GET /api/v1/notes', 'GET /api/v1/notes/:note', 'DELETE /api/v1/notes/:note'],
    })
    expect(operations(api)).toEqual([
      'GET /api/v1/notes',
      'GET /api/v1/notes/:id',
      'DELETE /api/v1/notes/:id',
    ])
  })

  test('a large one is read as well', async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 600 }, (_, at) => [`/things${at}`, { get: { description: 'long '.repeat(400) } }]),
    )
    const api = await find({
      files: { 'openapi.json': { openapi: '3.0.0', paths } },
      routes: ['GET /things7'],
    })
    expect(api?.operations).toHaveLength(600)
  })
})

const served = JSON.stringify(document({ '/notes': ['get'] }))

describe('documents that the app serves', () => {
  test.each<[string, Record<string, string | { location: string }>, string]>([
    ['in the usual place', { '/v3/api-docs': served }, '/v3/api-docs'],
    ['where a route says so', { '/internal/spec/openapi.json': served }, '/internal/spec/openapi.json'],
    [
      'in the script of a page',
      {
        '/docs': { location: '/docs/' },
        '/docs/': '<title>Swagger UI</title><script src="./swagger-ui-init.js"> </script>',
        '/docs/swagger-ui-init.js': `window.onload = function() { let options = {\n  "swaggerDoc": ${served},\n  "customOptions": {} } }`,
      },
      '/docs/swagger-ui-init.js',
    ],
    [
      'at the address that a page names',
      {
        '/docs': "<title>Swagger UI</title><script>SwaggerUIBundle({ url: '/spec/own' })</script>",
        '/spec/own': served,
      },
      '/spec/own',
    ],
    [
      'at an address relative to the page',
      { '/reference': '<redoc spec-url="mine.json"></redoc>', '/reference/mine.json': served },
      '/reference/mine.json',
    ],
    ['in YAML', { '/openapi.yaml': 'swagger: "2.0"\npaths: { /notes: { get: {} } }' }, '/openapi.yaml'],
  ])('%s', async (_, pages, where) => {
    const { http } = await serving(pages)
    const routes = ['GET /notes', 'GET /internal/spec/openapi.json']
    const api = await find({ http, routes })
    expect(api?.from).toEqual({ kind: 'served', where })
    expect(operations(api)).toEqual(['GET /notes'])
  })

  test('none, after a bounded number of requests', async () => {
    const { http, asked } = await serving({ '/docs': '<p>documents of the company</p>' })
    expect((await find({ http, routes: ['GET /notes'] }))?.from.kind).toBe('survey')
    expect(asked.length).toBeLessThanOrEqual(45)
    expect(new Set(asked).size).toBe(asked.length)
  })

  test('an app that throttles is not asked on', async () => {
    const asked: string[] = []
    const http = await serve((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(429).end()
    })
    expect(await find({ http })).toBeNull()
    expect(asked).toHaveLength(1)
  })
})

const SDL = `
type Query { note(id: ID!): Note, notes(first: Int = 10, tag: Tag): [Note!]! }
type Note { id: ID! text: String author: User }
type User { name: String notes: [Note] }
`

describe('GraphQL', () => {
  test('by introspection', async () => {
    const { buildSchema, graphql } = await import('graphql')
    const schema = buildSchema(`${SDL} scalar Tag`)
    const http = await serve((request, response) => {
      let text = ''
      request.on('data', (chunk) => {
        text += chunk
      })
      request.on('end', async () => {
        if (request.url !== '/graphql') return response.writeHead(404).end()
        const answer = await graphql({ schema, source: JSON.parse(text).query })
        return response.end(JSON.stringify(answer))
      })
    })
    const api = await find({ http, routes: ['POST /graphql'] })
    expect(api).toMatchObject({
      from: { kind: 'survey' },
      graphql: {
        endpoint: '/graphql',
        from: 'introspection',
        depth: null,
        operations: [
          {
            kind: 'query',
            name: 'note',
            arguments: [{ name: 'id', type: 'ID!', required: true }],
            type: 'Note',
          },
          { name: 'notes', arguments: [{ required: false }, { name: 'tag', type: 'Tag' }], type: '[Note!]!' },
        ],
      },
    })
  })

  test('from files of the repo, where introspection is off', async () => {
    const { http } = await serving({ '/graphql': '{"errors":[{"message":"introspection is off"}]}' })
    const api = await find({
      http,
      files: {
        'package.json': { dependencies: { graphql: '16' } },
        'schema/notes.graphql': SDL.replace('author: User', ''),
        'schema/more.graphql':
          'extend type Query { me: User }\ntype Mutation { rename(name: String!): User }',
        'schema/again.graphql': 'type Query { also: Int }',
        'schema/broken.graphql': 'type Broken {',
      },
    })
    expect(api?.graphql).toMatchObject({ endpoint: '/graphql', from: 'schema', depth: 3 })
    expect(api?.graphql?.operations.map(({ name }) => name).sort()).toEqual([
      ...['also', 'me', 'note', 'notes', 'rename'],
    ])
    expect(api?.problems.map(({ where }) => where)).toEqual(['schema/broken.graphql'])
  })

  test('an app that does not speak it is not asked', async () => {
    const { http, asked } = await serving({})
    await find({ http, routes: ['GET /notes'] })
    expect(asked).not.toContain('/graphql')
  })
})

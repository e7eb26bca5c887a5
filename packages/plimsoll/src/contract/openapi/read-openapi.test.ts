import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readOpenapi } from './read-openapi.ts'

const read = (text: string, files: Record<string, string> = {}, serves?: (m: string, p: string) => boolean) =>
  readOpenapi(parse(text), {
    from: { kind: 'repo', where: 'docs/openapi.yaml' },
    readExternal: (file) => (files[file] === undefined ? null : parse(files[file])),
    ...(serves && { serves }),
  })

const only = (text: string) => {
  const [operation] = read(text).operations
  if (operation === undefined) throw new Error('no operation')
  return operation
}

const THREE = `
openapi: 3.0.3
info: { title: Notes, version: '1' }
servers: [{ url: 'https://{host}/{base}/', variables: { host: { default: h }, base: { default: v1 } } }]
security: [{ bearer: [] }]
paths:
  /notes/{note-id}:
    parameters:
      - { name: note-id, in: path, required: true, schema: { type: integer } }
      - { name: full, in: query, schema: { type: string } }
    get:
      operationId: getNote
      deprecated: true
      security: []
      parameters:
        - { name: full, in: query, schema: { type: boolean }, example: true }
        - { name: tags, in: query, style: spaceDelimited, schema: { type: array, items: { type: string } } }
        - { $ref: '#/components/parameters/Trace' }
        - { name: Authorization, in: header, schema: { type: string } }
        - { name: filter, in: query, content: { application/json: { schema: { type: object } } } }
      responses:
        200:
          description: it
          headers: { X-Rate: { required: true, schema: { type: integer } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }
          links: { remove: { operationId: removeNote, parameters: { note-id: $response.body#/id } } }
        4xx: { $ref: '#/components/responses/Wrong' }
        default: { description: else }
    delete: { operationId: removeNote, responses: { 204: { description: gone } } }
    put:
      requestBody: { $ref: '#/components/requestBodies/Note' }
      responses: {}
components:
  parameters: { Trace: { name: X-Trace, in: header, schema: { type: string, format: uuid } } }
  responses: { Wrong: { content: { application/problem+json: { schema: { type: object } } } } }
  requestBodies:
    Note:
      required: true
      content:
        application/json:
          schema: { $ref: '#/components/schemas/Note' }
          examples: { short: { value: { text: a } }, other: { $ref: '#/components/examples/Other' } }
  examples: { Other: { value: { text: b } } }
  schemas:
    Note:
      type: object
      required: [text]
      example: { text: c }
      properties:
        id: { type: integer, readOnly: true }
        text: { type: string, nullable: true, enum: [a, b] }
        rank: { type: number, minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }
        parent: { $ref: '#/components/schemas/Note', nullable: true }
        children: { type: array, items: { $ref: '#/components/schemas/Note' } }
`

describe('OpenAPI 3.0', () => {
  const api = read(THREE)
  const [get, put, remove] = api.operations

  test('what it is', () => {
    expect(api).toMatchObject({
      from: { kind: 'repo', where: 'docs/openapi.yaml' },
      version: '3.0.3',
      title: 'Notes',
      problems: [],
    })
    expect(api.operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/notes/:note_id',
      'PUT /v1/notes/:note_id',
      'DELETE /v1/notes/:note_id',
    ])
    expect(get).toMatchObject({ id: 'getNote', deprecated: true, pointer: '/paths/~1notes~1{note-id}/get' })
  })

  test("parameters: the operation's before its path's, each with how it is written", () => {
    expect(get?.parameters.map((one) => `${one.in} ${one.name} ${one.style} ${one.explode}`)).toEqual([
      'query full form true',
      'query tags spaceDelimited false',
      'header X-Trace simple false',
      'query filter json true',
      'path note_id simple false',
    ])
    expect(get?.parameters[0]).toMatchObject({ schema: { type: 'boolean' }, examples: [true] })
  })

  test('security, of its own or of all', () => {
    expect([get?.security, remove?.security]).toEqual([[], [['bearer']]])
  })

  test('the body with all its examples', () => {
    expect(put?.body).toEqual({
      required: true,
      content: [
        {
          mediaType: 'application/json',
          schema: { $ref: '#/$defs/Note' },
          examples: [{ text: 'a' }, { text: 'b' }, { text: 'c' }],
        },
      ],
    })
  })

  test('responses, headers, links', () => {
    expect(get?.responses.map(({ status }) => status)).toEqual(['200', '4XX', 'default'])
    expect(get?.responses[0]?.headers).toEqual({ 'x-rate': { required: true, schema: { type: 'integer' } } })
    expect(get?.responses[1]?.content[0]?.mediaType).toBe('application/problem+json')
    expect(get?.links).toEqual([
      {
        status: '200',
        operation: 'DELETE /v1/notes/:note_id',
        parameters: { 'note-id': '$response.body#/id' },
      },
    ])
  })

  test('schemas become those of JSON Schema 2020-12', () => {
    expect(api.definitions).toEqual({
      Note: {
        type: 'object',
        required: ['text'],
        examples: [{ text: 'c' }],
        properties: {
          id: { type: 'integer', readOnly: true },
          text: { type: ['string', 'null'], enum: ['a', 'b', null] },
          rank: { type: 'number', exclusiveMinimum: 0, maximum: 9 },
          parent: { anyOf: [{ $ref: '#/$defs/Note' }, { type: 'null' }] },
          children: { type: 'array', items: { $ref: '#/$defs/Note' } },
        },
      },
    })
  })
})

const TWO = `
swagger: '2.0'
basePath: /api
produces: [application/json]
paths:
  /users:
    post:
      parameters:
        - { in: query, name: ids, type: array, items: { type: integer }, collectionFormat: multi }
        - { in: query, name: dry, type: boolean, x-nullable: true }
        - { in: body, name: user, required: true, schema: { $ref: '#/definitions/User%20one' } }
      responses:
        201:
          schema: { $ref: '#/definitions/User one' }
          headers: { Location: { type: string } }
          examples: { application/json: { name: a } }
        204: {}
  /photos:
    post:
      consumes: [multipart/form-data]
      parameters:
        - { in: formData, name: photo, type: file, required: true }
        - { in: formData, name: title, type: string }
definitions:
  User one: { type: object, discriminator: kind, properties: { name: { type: string } } }
`

test('OpenAPI 2', () => {
  const api = read(TWO)
  const [user, photo] = api.operations
  expect(user).toMatchObject({
    path: '/api/users',
    security: null,
    parameters: [
      {
        name: 'ids',
        style: 'form',
        explode: true,
        schema: { type: 'array', items: { type: 'integer' } },
      },
      { name: 'dry', explode: false, schema: { type: ['boolean', 'null'] } },
    ],
    body: {
      required: true,
      content: [{ mediaType: 'application/json', schema: { $ref: '#/$defs/User_one' } }],
    },
    responses: [
      { status: '201', content: [{ examples: [{ name: 'a' }] }], headers: { location: { required: false } } },
      { status: '204', content: [] },
    ],
  })
  expect(photo?.body).toEqual({
    required: true,
    content: [
      {
        mediaType: 'multipart/form-data',
        examples: [],
        schema: {
          type: 'object',
          properties: { photo: { type: 'string', format: 'binary' }, title: { type: 'string' } },
          required: ['photo'],
        },
      },
    ],
  })
  expect(api.definitions.User_one).toMatchObject({ discriminator: { propertyName: 'kind' } })
  expect(api.problems).toEqual([])
})

test('3.1 keeps what stands beside a reference, tuples and type lists', () => {
  const { definitions, problems } = read(`
openapi: 3.1.0
paths: {}
components:
  schemas:
    A: { $ref: '#/components/schemas/B', minLength: 2 }
    B: { type: [string, 'null'], $id: 'https://example.com/b', examples: [x] }
    Pet:
      oneOf: [{ $ref: '#/components/schemas/B' }]
      discriminator: { propertyName: kind, mapping: { b: B, c: '#/components/schemas/A' } }
`)
  expect(problems).toEqual([])
  expect(definitions).toEqual({
    A: { $ref: '#/$defs/B', minLength: 2 },
    B: { type: ['string', 'null'], examples: ['x'] },
    Pet: {
      oneOf: [{ $ref: '#/$defs/B' }],
      discriminator: { propertyName: 'kind', mapping: { b: '#/$defs/B', c: '#/$defs/A' } },
    },
  })
})

test('other files of the repo are read, each reference relative to its own', () => {
  const api = read(
    `
openapi: 3.0.0
paths:
  /a: { $ref: 'paths/a.yaml' }
components: { schemas: { Thing: { type: object } } }
`,
    {
      'docs/paths/a.yaml': `
get:
  responses:
    200: { content: { application/json: { schema: { $ref: '../schemas/thing.yaml' } } } }
`,
      'docs/schemas/thing.yaml': `
type: object
properties: { own: { $ref: '#/properties/name' }, name: { type: string }, main: { $ref: '../openapi.yaml#/components/schemas/Thing' } }
`,
    },
  )
  expect(api.problems).toEqual([])
  expect(api.operations[0]?.responses[0]?.content[0]?.schema).toEqual({ $ref: '#/$defs/thing' })
  expect(api.definitions).toEqual({
    Thing: { type: 'object' },
    thing: {
      type: 'object',
      properties: {
        own: { $ref: '#/$defs/name' },
        name: { type: 'string' },
        main: { $ref: '#/$defs/Thing' },
      },
    },
    name: { type: 'string' },
  })
})

describe('base paths', () => {
  const text = `
openapi: 3.0.0
servers: [{ url: /gateway }, { url: 'http://localhost:3000/v2' }]
paths: { '/a': { get: {} } }
`
  test.each([
    ['/gateway/a', () => false],
    ['/v2/a', (_: string, path: string) => path === '/v2/a'],
    ['/a', (_: string, path: string) => path === '/a'],
  ])('%s is where the app serves it', (path, serves) => {
    expect(read(text, {}, serves).operations[0]?.path).toBe(path)
  })
})

describe('what cannot be read is said, and the rest is read', () => {
  test.each([
    ["schema: { $ref: '#/components/schemas/Gone' }", '#/components/schemas/Gone leads nowhere'],
    [
      "schema: { $ref: 'https://example.com/a.json' }",
      'https://example.com/a.json is outside of the repository and was not fetched',
    ],
    ['schema: { type: string, pattern: "(" }', 'pattern is not a regular expression'],
    ['schema: { type: any }', 'type "any" is none of JSON Schema'],
    ['schema: { type: integer, minimum: "1" }', 'minimum is not a number'],
    ['schema: { type: object, required: true }', 'required is not a list of names'],
    ['schema: 3', 'is no schema'],
  ])('%s', (schema, problem) => {
    const api = read(`
openapi: 3.0.0
paths: { /a: { get: { parameters: [{ name: q, in: query, ${schema} }] } } }
`)
    expect(api.problems.map((one) => one.problem)).toEqual([problem])
    expect(api.operations).toHaveLength(1)
  })

  test('a definition that is nothing but itself', () => {
    const api = read(`
openapi: 3.0.0
paths: {}
components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } }
`)
    expect(api.definitions).toEqual({ A: { 'x-unread': true }, B: { 'x-unread': true } })
  })

  test.each(['', '[]', '3', 'openapi: 4.0.0', 'paths: { /a: { get: {} } }'])('%j is none', (text) => {
    expect(read(text)).toMatchObject({
      operations: [],
      problems: [{ where: '#', problem: 'is no OpenAPI document of version 2 or 3' }],
    })
  })

  test.each(['paths: 3', 'paths: { /a: 3 }', 'paths: { /a: { post: { requestBody: { content: 3 } } } }'])(
    '%j',
    (text) => {
      expect(() => read(`openapi: 3.0.0\n${text}`)).not.toThrow()
    },
  )
})

test('a parameter that only the path names is had, too', () => {
  expect(only('openapi: 3.0.0\npaths: { "/a/{id}/{x}.json": { get: {} } }')).toMatchObject({
    path: '/a/:id/:x.json',
    parameters: [
      { name: 'id', in: 'path', required: true },
      { name: 'x', in: 'path', required: true },
    ],
  })
})

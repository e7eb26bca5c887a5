import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Api } from '../api.ts'
import { readOpenapi } from '../openapi/read-openapi.ts'
import { diffApis } from './diff-apis.ts'

const read = (document: unknown): Api =>
  readOpenapi(document, { from: { kind: 'repo', where: 'openapi.yaml' }, bare: true })

const OK = { 200: { description: 'ok' } }

/** A document with one operation: `POST /notes`, made of these lines. */
const withOperation = (text: string) => ({
  openapi: '3.1.0',
  paths: { '/notes': { post: { responses: OK, ...parse(text) } } },
})

const jsonBody = (schema: string) =>
  withOperation(`requestBody: { required: true, content: { application/json: { schema: ${schema} } } }`)

const jsonAnswer = (schema: string) =>
  withOperation(`responses: { 200: { content: { application/json: { schema: ${schema} } } } }`)

const query = (parameter: string) => withOperation(`parameters: [{ in: query, name: q, ${parameter} }]`)

const ofPaths = (paths: string) => ({ openapi: '3.0.0', paths: parse(paths) })

/** `required body: title is required now, and was optional`; a suspicion with a question mark. */
const said = (before: unknown, after: unknown) =>
  diffApis(read(before), read(after)).map(
    ({ rule, part, what, witness }) => `${witness === null ? '? ' : ''}${rule} ${part}: ${what}`,
  )

const object = (properties: string, more = '') => `{ type: object, properties: { ${properties} }${more} }`

describe('requests: what was valid is refused', () => {
  test.each([
    ['{ type: string }', '{ type: integer }', 'type body: the body was string, is integer now'],
    ['{ type: number }', '{ type: integer }', 'type body: the body was number, is integer now'],
    ['{ type: [string, "null"] }', '{ type: string }', 'null body: the body may no longer be null'],
    [
      '{ anyOf: [{ type: string }, { type: "null" }] }',
      '{ type: string }',
      'null body: the body may no longer be null',
    ],
    ['{ enum: [a, b, c] }', '{ enum: [a] }', 'enum body: the body no longer takes "b", "c"'],
    ['{ type: string }', '{ type: string, enum: [a] }', 'enum body: the body no longer takes any value'],
    [
      object('title: { type: string }'),
      object('title: { type: string }', ', required: [title]'),
      'required body: title is required now, and was optional',
    ],
    [
      object('title: { type: string }'),
      object('title: { type: string }, owner: { type: string }', ', required: [owner]'),
      'required body: owner is required now, and was not there',
    ],
    [
      object('title: { type: string, maxLength: 80 }'),
      object('title: { type: string, maxLength: 40 }'),
      'bound body: title: maxLength 80 became maxLength 40',
    ],
    [
      object('title: { type: string }'),
      object('title: { type: string, minLength: 1 }'),
      'bound body: title: minLength not set became minLength 1',
    ],
    [
      object('age: { type: integer, minimum: 0 }'),
      object('age: { type: integer, minimum: 18 }'),
      'bound body: age: minimum 0 became minimum 18',
    ],
    [
      object('age: { type: integer }'),
      object('age: { type: integer, exclusiveMaximum: 100 }'),
      'bound body: age: exclusiveMaximum not set became exclusiveMaximum 100',
    ],
    [
      object('step: { type: integer }'),
      object('step: { type: integer, multipleOf: 5 }'),
      'bound body: step: multipleOf not set became multipleOf 5',
    ],
    [
      object('count: { type: integer, format: int64 }'),
      object('count: { type: integer, format: int32 }'),
      'bound body: count: format "int64" became format "int32"',
    ],
    [
      object('code: { type: string }'),
      object('code: { type: string, pattern: "^[A-Z]{3}$" }'),
      'bound body: code: pattern not set became pattern "^[A-Z]{3}$"',
    ],
    [
      object('at: { type: string, format: date }'),
      object('at: { type: string, format: date-time }'),
      'bound body: at: format "date" became format "date-time"',
    ],
    [
      object('tags: { type: array, items: { type: string } }'),
      object('tags: { type: array, maxItems: 3, items: { type: string, maxLength: 5 } }'),
      [
        'bound body: tags: maxItems not set became maxItems 3',
        'bound body: tags[]: maxLength not set became maxLength 5',
      ],
    ],
    [
      object('tags: { type: array, items: { type: string } }'),
      object('tags: { type: array, uniqueItems: true, minItems: 1, items: { type: string } }'),
      [
        'bound body: tags: minItems not set became minItems 1',
        'bound body: tags: uniqueItems not set became uniqueItems true',
      ],
    ],
    [
      object('title: { type: string }'),
      object('title: { type: string }', ', additionalProperties: false'),
      'unknown-property body: the body refuses properties that it does not name',
    ],
    [
      object('title: { type: string }, note: { type: string }'),
      object('title: { type: string }', ', additionalProperties: false'),
      [
        'unknown-property body: note is refused now',
        'unknown-property body: the body refuses properties that it does not name',
      ],
    ],
    [
      '{ type: object, additionalProperties: { type: string } }',
      '{ type: object, additionalProperties: { type: integer } }',
      'type body: [any] was string, is integer now',
    ],
    [
      '{ oneOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: integer }] }',
      '{ oneOf: [{ type: object, required: [a], properties: { a: { type: string } } }] }',
      'form body: the body: a form that was taken is refused (integer)',
    ],
    [
      object('lines: { type: array, items: { type: object, properties: { n: { type: integer } } } }'),
      object(
        'lines: { type: array, items: { type: object, required: [n], properties: { n: { type: integer } } } }',
      ),
      'required body: lines[].n is required now, and was optional',
    ],
    [
      '{ type: object, properties: { a: { type: integer } }, not: { required: [b] } }',
      '{ type: object, properties: { a: { type: integer } }, not: { required: [a] } }',
      'other body: the body refuses values that it took',
    ],
  ])('%s -> %s', (before, after, expected) => {
    expect(said(jsonBody(before), jsonBody(after)).sort()).toEqual([expected].flat().sort())
  })
})

describe('requests: what was valid stays so', () => {
  test.each([
    ['{ type: integer }', '{ type: number }'],
    ['{ type: string }', '{ type: [string, "null"] }'],
    ['{ enum: [a] }', '{ enum: [a, b] }'],
    ['{ type: string, enum: [a] }', '{ type: string }'],
    [object('title: { type: string }', ', required: [title]'), object('title: { type: string }')],
    [
      object('title: { type: string }'),
      object('title: { type: string }, owner: { type: object, required: [id] }'),
    ],
    [object('title: { type: string }, note: { type: string }'), object('title: { type: string }')],
    [object('a: { type: string, maxLength: 5 }'), object('a: { type: string, maxLength: 9 }')],
    [object('a: { type: integer, minimum: 3 }'), object('a: { type: integer, minimum: 2 }')],
    [object('a: { type: integer, minimum: 3 }'), object('a: { type: integer, exclusiveMinimum: 2 }')],
    [object('a: { type: string, pattern: "^a$" }'), object('a: { type: string, pattern: "^[ab]$" }')],
    [object('a: { type: string, enum: [a, b] }'), object('a: { type: string, enum: [a, b], maxLength: 3 }')],
    [object('a: { type: string }', ', additionalProperties: false'), object('a: { type: string }')],
    ['{ oneOf: [{ type: string }] }', '{ oneOf: [{ type: integer }, { type: string }] }'],
    ['{ type: string }', '{ anyOf: [{ type: string }, { type: "null" }] }'],
    [
      '{ allOf: [{ type: object, properties: { a: { type: string } } }, { required: [a] }] }',
      '{ type: object, required: [a], properties: { a: { type: string } } }',
    ],
    [
      object('id: { type: string }, title: { type: string }', ', required: [title]'),
      object('id: { type: string, readOnly: true }, title: { type: string }', ', required: [id, title]'),
    ],
    [
      object('a: { type: string, description: old, example: x }'),
      object('a: { type: string, description: new, title: A, deprecated: true }'),
    ],
    [object('a: { type: string, format: our-own }'), object('a: { type: string, format: theirs }')],
  ])('%s -> %s', (before, after) => {
    expect(said(jsonBody(before), jsonBody(after))).toEqual([])
  })
})

describe('answers: what may come now could not before', () => {
  test.each([
    ['{ type: string }', '{ type: integer }', 'type response 200: the answer was string, is integer now'],
    [
      object('a: { type: string }'),
      object('a: { type: [string, "null"] }'),
      'null response 200: a may be null now',
    ],
    [
      object('a: { enum: [x] }'),
      object('a: { enum: [x, y, z] }'),
      'enum response 200: a may be "y", "z" now',
    ],
    [
      object('a: { type: string }', ', required: [a]'),
      object('a: { type: string }'),
      'required response 200: a was always there, and may be missing now',
    ],
    [object('a: { type: string }', ', required: [a]'), object(''), 'required response 200: a is gone'],
    [
      object('a: { type: string }, b: { type: string }'),
      object('a: { type: string }'),
      '? field-removed response 200: b is gone, which was optional',
    ],
    [
      object('a: { type: string, maxLength: 5 }'),
      object('a: { type: string, maxLength: 9 }'),
      'bound response 200: a: maxLength 5 became maxLength 9',
    ],
    [
      '{ oneOf: [{ type: string }] }',
      '{ oneOf: [{ type: string }, { type: integer }] }',
      'form response 200: the answer has a form that it never had (integer)',
    ],
    [
      '{ type: array, items: { type: integer } }',
      '{ type: array, items: { type: number } }',
      'type response 200: [] was integer, is number now',
    ],
  ])('%s -> %s', (before, after, expected) => {
    const found = said(jsonAnswer(before), jsonAnswer(after))
    expect(found).toEqual([expected])
  })
})

describe('answers: additions and stricter promises harm nobody', () => {
  test.each([
    [object('a: { type: string }'), object('a: { type: string }, b: { type: string }', ', required: [b]')],
    [
      object('a: { type: string }', ', additionalProperties: false'),
      object('a: { type: string }, b: { type: string }', ', required: [b]'),
    ],
    [object('a: { type: [string, "null"] }'), object('a: { type: string }')],
    [object('a: { enum: [x, y] }'), object('a: { enum: [x] }')],
    [object('a: { type: string }'), object('a: { type: string }', ', required: [a]')],
    [object('a: { type: number }'), object('a: { type: integer, minimum: 0 }')],
    [
      object('a: { type: string }, p: { type: string, writeOnly: true }', ', required: [p]'),
      object('a: { type: string }'),
    ],
    ['{ oneOf: [{ type: string }, { type: integer }] }', '{ oneOf: [{ type: string }] }'],
  ])('%s -> %s', (before, after) => {
    expect(said(jsonAnswer(before), jsonAnswer(after))).toEqual([])
  })
})

describe('parameters', () => {
  test.each([
    [
      'schema: { type: integer }',
      'schema: { type: integer }, required: true',
      ['parameter-required query q: q is required now, and was optional'],
    ],
    ['schema: { type: string }', 'schema: { type: integer }', ['type query q: q was string, is integer now']],
    [
      'schema: { type: string, enum: [a, b] }',
      'schema: { type: string, enum: [a] }',
      ['enum query q: q no longer takes "b"'],
    ],
    [
      'schema: { type: integer }',
      'schema: { type: integer, maximum: 100 }',
      ['bound query q: q: maximum not set became maximum 100'],
    ],
    // On the wire everything is text.
    ['schema: { type: integer }', 'schema: { type: string }', []],
    ['schema: { type: boolean }', 'schema: { type: string }', []],
    ['schema: { type: integer }', 'schema: { type: array, items: { type: integer } }', []],
    ['schema: { type: integer, maximum: 9 }', 'schema: { type: integer, maximum: 10 }', []],
    ['required: true, schema: { type: integer }', 'schema: { type: integer }', []],
    [
      'schema: { type: array, items: { type: string } }',
      'explode: false, schema: { type: array, items: { type: string } }',
      ['? other query q: q was written as form, exploded, is as form now'],
    ],
  ])('%s -> %s', (before, after, expected) => {
    expect(said(query(before), query(after))).toEqual(expected)
  })

  const one = (where: string, more = '') =>
    withOperation(`parameters: [{ in: ${where}, name: key, schema: { type: string }${more} }]`)

  test('moved', () => {
    expect(said(one('query'), one('header', ', required: true'))).toEqual([
      'parameter-moved header key: key is required now, and was in the query',
    ])
    expect(said(one('query'), one('header'))).toEqual([
      '? parameter-moved query key: key was in the query, is in the header now',
    ])
  })

  test('a new one that need not be given, and one that is gone', () => {
    expect(said(withOperation('{}'), one('query'))).toEqual([])
    expect(said(one('query'), withOperation('{}'))).toEqual([])
    expect(said(withOperation('{}'), one('query', ', required: true'))).toEqual([
      'parameter-required query key: key is required now, and was not there',
    ])
  })

  test('of the path, by their order', () => {
    const path = (name: string, schema: string) =>
      ofPaths(
        `{ "/notes/{${name}}": { get: { parameters: [{ in: path, name: ${name}, required: true, schema: ${schema} }] } } }`,
      )
    expect(said(path('id', '{ type: integer }'), path('noteId', '{ type: integer }'))).toEqual([])
    expect(said(path('id', '{ type: string }'), path('noteId', '{ type: string, format: uuid }'))).toEqual([
      'bound path id: id: format not set became format "uuid"',
    ])
  })
})

describe('operations', () => {
  const paths = '{ /notes: { get: {}, post: {} }, "/notes/{id}": { get: {} } }'
  test.each([
    ['{ /notes: { get: {} }, "/notes/{id}": { get: {} } }', ['operation-removed : is gone']],
    ['{ /notes: { get: {}, post: {} } }', ['operation-removed : is gone']],
    ['{ /notes: { get: {}, post: {}, put: {} }, "/notes/{key}": { get: {}, patch: {} } }', []],
  ])('-> %s', (after, expected) => {
    expect(said(ofPaths(paths), ofPaths(after))).toEqual(expected)
  })

  test('one that another takes over may answer as well; one that was deprecated was announced', () => {
    const mine = ofPaths('{ /notes/mine: { get: {} }, "/notes/{id}": { get: {} } }')
    expect(said(mine, ofPaths('{ "/notes/{id}": { get: {} } }'))).toEqual([
      '? operation-removed : is gone, and GET /notes/:id is met instead',
    ])
    expect(said(ofPaths('{ /a: { get: { deprecated: true } } }'), ofPaths('{}'))).toEqual([
      '? operation-removed : is gone, as it was announced to be',
    ])
  })

  test('servers may differ: the same API stands in several places', () => {
    const at = (url: string) => ({ ...ofPaths(paths), servers: [{ url }] })
    expect(said(at('https://example.com/v1'), at('http://localhost:3000'))).toEqual([])
  })
})

describe('bodies, media types and statuses', () => {
  const content = (types: string[], more = 'required: true, ') =>
    withOperation(
      `requestBody: { ${more}content: { ${types.map((type) => `${type}: { schema: { type: object } }`).join(', ')} } }`,
    )
  test.each([
    [
      content(['application/json', 'text/csv']),
      content(['application/json']),
      ['media-type-removed body: text/csv is no longer taken'],
    ],
    [content(['application/json']), content(['application/json', 'text/csv']), []],
    [content(['application/json; charset=utf-8']), content(['Application/JSON']), []],
    [content(['application/json']), content(['"*/*"']), []],
    [
      withOperation('{}'),
      content(['application/json']),
      ['body-required body: a body is required now, and was not there'],
    ],
    [
      content(['application/json'], ''),
      content(['application/json']),
      ['body-required body: a body is required now, and was optional'],
    ],
    [withOperation('{}'), content(['application/json'], ''), []],
    [content(['application/json']), content(['application/json'], ''), []],
  ])('request %#', (before, after, expected) => {
    expect(said(before, after)).toEqual(expected)
  })

  const answers = (text: string) => withOperation(`responses: ${text}`)
  const json = (status: number | string) =>
    `${status}: { content: { application/json: { schema: { type: object } } } }`
  test.each([
    [`{ ${json(200)} }`, `{ ${json(201)} }`, ['status-changed response 200: 200 is gone, and 201 is new']],
    ['{ 200: {}, 204: {} }', '{ 204: {} }', ['? status-changed response 200: 200 is gone']],
    [`{ ${json(200)} }`, `{ ${json('2XX')} }`, []],
    ['{ 200: {} }', '{ 200: {}, 202: {}, 429: {} }', []],
    ['{ 200: {}, 404: {} }', '{ 200: {} }', []],
    [
      `{ ${json(200)} }`,
      '{ 200: { content: { text/html: {} } } }',
      ['media-type-removed response 200: application/json is no longer answered'],
    ],
    [`{ ${json(200)} }`, '{ 200: {} }', ['? field-removed response 200: the body is gone']],
    [
      '{ 200: { headers: { X-Next: { required: true } } } }',
      '{ 200: {} }',
      ['header-removed response 200: the header x-next was always there, and may be missing now'],
    ],
    ['{ 200: { headers: { X-Next: {} } } }', '{ 200: {} }', []],
  ])('%s -> %s', (before, after, expected) => {
    expect(said(answers(before), answers(after))).toEqual(expected)
  })
})

describe('security', () => {
  const secured = (security: string, schemes = '{}') => ({
    ...withOperation(security),
    components: { securitySchemes: parse(schemes) },
  })
  const BEARER = '{ jwt: { type: http, scheme: bearer }, auth: { type: http, scheme: Bearer } }'
  test.each([
    [
      secured('security: []'),
      secured('security: [{ key: [] }]'),
      ['security-added : no credentials was enough, and it wants key now'],
    ],
    [
      secured('{}'),
      secured('security: [{ key: [] }]'),
      ['? security-added : no credentials was enough, and it wants key now'],
    ],
    [
      secured('security: [{ a: [] }, { b: [] }]'),
      secured('security: [{ a: [] }]'),
      ['security-added : b was enough, and it wants a now'],
    ],
    [
      secured('security: [{ a: [] }]'),
      secured('security: [{ a: [], b: [] }]'),
      ['security-added : a was enough, and it wants a and b now'],
    ],
    [secured('security: [{ a: [] }]'), secured('security: [{ a: [] }, { b: [] }]'), []],
    [secured('security: [{ a: [] }]'), secured('security: []'), []],
    [secured('security: [{ a: [] }]'), secured('security: [{ b: [] }, {}]'), []],
    [secured('security: [{ jwt: [] }]', BEARER), secured('security: [{ auth: [] }]', BEARER), []],
  ])('%#', (before, after, expected) => {
    expect(said(before, after)).toEqual(expected)
  })
})

describe('definitions', () => {
  const shared = (note: string, version = '3.0.0') => ({
    openapi: version,
    paths: parse(`
/notes:
  get: { responses: { 200: { content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Note' } } } } } } }
  post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }, responses: {} }
/notes/{id}:
  put: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }, responses: {} }
`),
    components: { schemas: { Note: parse(note) } },
  })

  test('a change that operations share is told once, each way by itself', () => {
    const before = shared(object('title: { type: string }, parent: { $ref: "#/components/schemas/Note" }'))
    const after = shared(
      object('title: { type: string, maxLength: 9 }, parent: { $ref: "#/components/schemas/Note" }'),
    )
    const changes = diffApis(read(before), read(after))
    expect(changes).toMatchObject([
      {
        rule: 'bound',
        operations: ['POST /notes', 'PUT /notes/:id'],
        witness: { as: 'request', refusal: '/title must NOT have more than 9 characters' },
      },
    ])
    const back = diffApis(read(after), read(before))
    expect(back).toMatchObject([
      {
        operations: ['GET /notes'],
        part: 'response 200',
        what: '[].title: maxLength 9 became maxLength not set',
      },
    ])
  })

  test('another name, another version and other words for the same', () => {
    const before = shared('{ type: object, properties: { a: { type: string, nullable: true } } }')
    const after = shared('{ type: object, properties: { a: { type: [string, "null"] } } }', '3.1.0')
    expect(said(before, after)).toEqual([])
    expect(said(after, before)).toEqual([])
  })

  test('a schema that refers to itself ends', () => {
    const tree = (value: string) =>
      shared(object(`value: ${value}, next: { $ref: "#/components/schemas/Note" }`, ', required: [value]'))
    expect(said(tree('{ type: string }'), tree('{ type: integer }')).sort()).toEqual([
      'type body: value was string, is integer now',
      'type response 200: [].value was string, is integer now',
    ])
  })
})

test('a witness is good on the one side and refused on the other', () => {
  const [change] = diffApis(
    read(jsonBody(object('a: { type: string }, b: { type: integer, minimum: 0 }', ', required: [a, b]'))),
    read(jsonBody(object('a: { type: string }, b: { type: integer, minimum: 10 }', ', required: [a, b]'))),
  )
  expect(change).toMatchObject({
    operations: ['POST /notes'],
    witness: { as: 'request', value: { a: expect.any(String), b: 9 }, refusal: '/b must be >= 10' },
  })
})

test('what cannot be read on one side is no change', () => {
  const known = jsonBody('{ type: object, properties: { a: { type: integer } } }')
  for (const unread of [
    '{ $ref: "./gone.yaml" }',
    '{ allOf: [{ $ref: "./gone.yaml" }, { type: object }] }',
    '3',
  ]) {
    expect(said(jsonBody(unread), known)).toEqual([])
    expect(said(known, jsonBody(unread))).toEqual([])
  }
})

test('one change is not blamed for another', () => {
  const changes = said(
    jsonBody(object('a: { type: string }, b: { type: string, enum: [x, y] }')),
    jsonBody(
      object('a: { type: string }, b: { type: string, enum: [x, y], maxLength: 1 }', ', required: [a]'),
    ),
  )
  expect(changes).toEqual(['required body: a is required now, and was optional'])
})

test('a definition is looked into wherever it is met first, though the operation that is made of it is gone', () => {
  const document = (inner: string, paths: string) => ({
    ...ofPaths(paths),
    components: {
      schemas: {
        Outer: parse('{ type: object, properties: { inner: { $ref: "#/components/schemas/Inner" } } }'),
        Inner: parse(inner),
      },
    },
  })
  const takes = (name: string) =>
    `post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/${name}" } } } } }`
  const before = document(
    object('a: { type: string }'),
    `{ /i: { ${takes('Inner')} }, /o: { ${takes('Outer')} } }`,
  )
  const after = document(object('a: { type: integer }'), `{ /o: { ${takes('Outer')} } }`)
  expect(said(before, after)).toEqual([
    'operation-removed : is gone',
    'type body: inner.a was string, is integer now',
  ])
})

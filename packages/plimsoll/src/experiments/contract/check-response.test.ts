import { describe, expect, test } from 'vitest'
import { exchange } from '../../../../../test/support/exchange.ts'
import type { Api, ApiOperation, ApiResponse } from '../../contract/api.ts'
import { checkResponse } from './check-response.ts'

const api: Api = {
  from: { kind: 'repo', where: 'openapi.yaml' },
  ...{ version: '3.1.0', title: '', operations: [], problems: [] },
  definitions: {
    Thing: {
      type: 'object',
      required: ['id', 'secret'],
      properties: {
        id: { type: 'integer' },
        secret: { type: 'string', writeOnly: true },
        at: { type: 'string', format: 'date-time' },
        who: { anyOf: [{ type: 'string', format: 'email' }, { type: 'null' }] },
      },
    },
  },
}
const json = (mediaType = 'application/json'): ApiResponse['content'] => [
  { mediaType, schema: { $ref: '#/$defs/Thing' }, examples: [] },
]
const operation = (responses: Record<string, ApiResponse['content']>): ApiOperation => ({
  ...{ id: null, method: 'GET', path: '/things/:id', parameters: [], body: null, security: null },
  ...{ links: [], deprecated: false, pointer: '' },
  responses: Object.entries(responses).map(([status, content]) => ({ status, content, headers: {} })),
})
const answer = (status: number, body: string, type: string | null = 'application/json; charset=utf-8') =>
  exchange({ status, body, headers: type === null ? {} : { 'content-type': type } })
const problems = (described: ApiOperation, ...of: Parameters<typeof answer>) =>
  checkResponse(api, described, answer(...of)).map(({ kind, at, problem }) => `${kind} ${at}: ${problem}`)

describe('nothing is wrong with', () => {
  test.each<[string, Record<string, ApiResponse['content']>, Parameters<typeof answer>]>([
    ['what is documented', { 200: json() }, [200, '{"id":1}']],
    ['a field that only requests have', { 200: json() }, [200, '{"id":1,"more":true}']],
    ['a moment in another form', { 200: json() }, [200, '{"id":1,"at":"2025-01-01 10:00"}']],
    ['a branch that a format alone rules out', { 200: json() }, [200, '{"id":1,"who":"me"}']],
    ['a range of statuses', { '2XX': json() }, [201, '{"id":1}']],
    ['a default', { default: json() }, [202, '{"id":1}']],
    ['an empty body', { 204: [] }, [204, '', null]],
    ['a refusal that is not documented', { 200: json() }, [409, '<h1>no</h1>', 'text/html']],
    ['a redirect', { 200: json() }, [302, '', null]],
    ['JSON of a kind with a name', { 200: json() }, [200, '{"id":1}', 'application/hal+json']],
    ['any kind', { 200: json('*/*') }, [200, '{"id":1}']],
    ['a failure: that is another question', { 200: json() }, [500, 'oops', 'text/plain']],
    ['a refusal by what stands before it', { 401: json() }, [401, '{}']],
    ['an operation without documented answers', {}, [200, 'x', 'text/plain']],
    ['a refusal of another type than documented', { 400: json() }, [400, 'no', 'text/plain']],
  ])('%s', (_, responses, of) => {
    expect(problems(operation(responses), ...of)).toEqual([])
  })
})

test.each<[Record<string, ApiResponse['content']>, Parameters<typeof answer>, string[]]>([
  [{ 200: json() }, [201, '{"id":1}'], ['status : 201 is not documented, but 200']],
  [{ 200: json() }, [200, 'id 1', 'text/plain'], ['media-type : text/plain, documented is application/json']],
  [
    { 200: json() },
    [200, '{"id":1}', null],
    ['media-type : no content type, documented is application/json'],
  ],
  [{ 200: json() }, [200, '{"id":'], ['body : the body is no JSON']],
  [{ 200: json() }, [200, '{"id":"1"}'], ['body /id: /id must be integer']],
  [{ 200: json() }, [200, '{}'], ["body : the body must have required property 'id'"]],
  [{ 409: json() }, [409, '{}'], ["body : the body must have required property 'id'"]],
])('%j answered with %j', (responses, of, expected) => {
  expect(problems(operation(responses), ...of)).toEqual(expected)
})

test.each([
  [403, ['status : 403 is not documented, but 200, 400']],
  [409, ['status : 409 is not documented, but 200, 400']],
  [400, []],
  [302, []],
  [401, []],
  [404, []],
  [429, []],
])(
  'an operation that takes nothing and asks nobody who they are owes a documented answer: %d',
  (status, said) => {
    const { responses } = operation({ 200: json(), 400: [] })
    const described = { ...operation({}), path: '/things', responses }
    const found = checkResponse(api, described, answer(status, '{}'), true)
    expect(found.map(({ kind, at, problem }) => `${kind} ${at}: ${problem}`)).toEqual(said)
  },
)

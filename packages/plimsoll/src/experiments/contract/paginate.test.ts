import { expect, test } from 'vitest'
import type { ApiParameter, JsonSchema } from '../../contract/api.ts'
import { openSchemas } from '../../contract/generate/open-schemas.ts'
import type { Operation } from './operations.ts'
import { idsIn, pagingOf } from './paginate.ts'
import { isSame } from './same-thing.ts'

const schemas = openSchemas({ definitions: {} }, 'request')
const listing = (query: Record<string, JsonSchema>): Operation => ({
  ...{ label: 'GET /things', own: true, known: null, route: null, role: 'read' },
  described: {
    ...{ id: null, method: 'GET', path: '/things', body: null, responses: [], security: null },
    ...{ links: [], deprecated: false, pointer: '' },
    parameters: Object.entries(query).map(
      ([name, schema]): ApiParameter => ({
        ...{ name, in: 'query', required: false, schema, style: 'form', explode: true, examples: [] },
      }),
    ),
  },
})

test.each<[Record<string, JsonSchema>, object | null]>([
  [
    { limit: { type: 'integer', maximum: 50 }, offset: true },
    { size: 'limit', by: 'offset', name: 'offset', most: 50, first: 0 },
  ],
  [
    { per_page: true, page: { default: 0 } },
    { size: 'per_page', by: 'page', first: 0, most: 100 },
  ],
  [
    { pageSize: { minimum: 5 }, page: true },
    { size: 'pageSize', by: 'page', first: 1, least: 5 },
  ],
  [
    { limit: true, after: true },
    { size: 'limit', by: 'cursor', name: 'after' },
  ],
  [{ limit: true }, null],
  [{ page: true }, null],
  [{ q: true }, null],
])('%j', (query, expected) => {
  const found = pagingOf(listing(query), { schemas })
  if (expected === null) expect(found).toBeNull()
  else expect(found).toMatchObject(expected)
})

test.each<[unknown, string[] | null]>([
  [
    [{ id: 1 }, { id: 2 }],
    ['1', '2'],
  ],
  [{ total: 2, items: [{ _id: 'a' }] }, ['a']],
  [{ data: { rows: [{ thingId: 4 }] } }, ['4']],
  [{ items: [] }, []],
  [[{ name: 'x' }], null],
  [['a', 'b'], null],
  [{ id: 1 }, null],
])('ids in %j', (answer, expected) => {
  expect(idsIn(answer, '/things')).toEqual(expected)
})

test.each<[unknown, unknown, boolean]>([
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1, updatedAt: 'x' }, { a: 1, updatedAt: 'y' }, true],
  [{ a: 1, version: 1 }, { a: 1, version: 2 }, true],
  [{ tags: ['x'] }, { tags: ['x', 'x'] }, false],
  [{ count: 1 }, { count: 2 }, false],
])('%j and %j are the same: %s', (one, other, expected) => {
  expect(isSame(one, other)).toBe(expected)
})

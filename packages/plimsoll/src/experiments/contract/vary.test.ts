import { expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import type { ApiOperation, JsonSchema } from '../../contract/api.ts'
import { openSchemas } from '../../contract/generate/open-schemas.ts'
import type { Operation } from './operations.ts'
import { partsOf } from './parts.ts'
import { ABSENT, putPart } from './put-part.ts'
import { variationsOf } from './vary.ts'

const schemas = openSchemas({ definitions: {} }, 'request')
const parameter = (
  name: string,
  where: 'path' | 'query' | 'header',
  schema: JsonSchema,
  required = false,
) => ({
  ...{ name, in: where, schema, required, examples: [] },
  ...(where === 'query' ? { style: 'form', explode: true } : { style: 'simple', explode: false }),
})
const described: ApiOperation = {
  ...{
    id: null,
    method: 'POST',
    path: '/shops/:shopId/orders',
    security: null,
    deprecated: false,
    pointer: '',
  },
  parameters: [
    parameter('shopId', 'path', { type: 'integer', minimum: 1 }, true),
    parameter('notify', 'query', { type: 'boolean' }),
    parameter('X-Trace', 'header', { type: 'string' }, true),
    parameter('Authorization', 'header', { type: 'string' }),
  ],
  body: {
    required: true,
    content: [
      {
        mediaType: 'application/json',
        examples: [],
        schema: {
          type: 'object',
          required: ['lines'],
          properties: {
            id: { type: 'integer', readOnly: true },
            note: { type: 'string', maxLength: 20 },
            lines: {
              type: 'array',
              items: { type: 'object', properties: { count: { type: 'integer', minimum: 1 } } },
            },
          },
        },
      },
    ],
  },
  ...{ responses: [], links: [] },
}
const operation: Operation = {
  label: 'POST /shops/:shopId/orders',
  described,
  own: true,
  known: null,
  route: null,
  role: 'write',
}
const base = {
  method: 'POST',
  path: '/shops/7/orders?notify=true',
  headers: { authorization: 'Bearer x', 'x-trace': 'a' },
  body: { note: 'hello', lines: [{ count: 2 }] },
}
const parts = partsOf(operation, base, schemas)
const put = (name: string, value: unknown) => {
  const part = parts.find((one) => one.name === name)
  return part === undefined ? null : (putPart(base, part, value, described.path)?.request ?? null)
}

test('every part of a request that is input, and no other', () => {
  expect(parts.map(({ name }) => name)).toEqual([
    'body',
    'body.note',
    'body.lines',
    'body.lines.0',
    'body.lines.0.count',
    'path shopId',
    'query notify',
    'header X-Trace',
  ])
})

test.each<[string, unknown, unknown]>([
  ['body.note', ABSENT, { body: { lines: [{ count: 2 }] } }],
  ['body.lines.0.count', 'x', { body: { note: 'hello', lines: [{ count: 'x' }] } }],
  ['body', [], { body: [] }],
  ['body', null, { body: 'null', headers: { 'content-type': 'application/json' } }],
  ['path shopId', 'a b', { path: '/shops/a%20b/orders?notify=true' }],
  ['query notify', false, { path: '/shops/7/orders?notify=false' }],
  ['query notify', ABSENT, { path: '/shops/7/orders' }],
  ['header X-Trace', ABSENT, { headers: { authorization: 'Bearer x' } }],
])('%s becomes %j', (name, value, expected) => {
  expect(put(name, value)).toMatchObject(expected as object)
})

test.each<[string, unknown]>([
  ['path shopId', ''],
  ['path shopId', '..'],
  ['query notify', { a: 1 }],
  ['query notify', '\ud800'],
  ['header X-Trace', 'ä'],
])('%s cannot be sent as %j', (name, value) => {
  expect(put(name, value)).toBeNull()
})

const variations = variationsOf(operation, base, { schemas, random: createRandom(1), first: new Set() })
const told = variations.map(
  ({ input, unmistakable }) => `${input.part} ${input.kind} ${input.keyword ?? '-'} ${unmistakable}`,
)

test('one part is broken at a time, for one reason', () => {
  expect(told).toContain('body.lines invalid required true')
  expect(told).toContain('body.lines.0.count invalid minimum true')
  expect(told).toContain('body.note invalid maxLength true')
  expect(told).toContain('path shopId invalid minimum true')
  expect(told).toContain('header X-Trace invalid required true')
  expect(told).not.toContain('body.note invalid required true')
})

test('what is invalid is unmistakably so, or counts as odd', () => {
  for (const { input, unmistakable } of variations)
    if (input.kind === 'invalid') expect(unmistakable).toBe(true)
})

test('the first dozen holds something of most parts', () => {
  expect(new Set(variations.slice(0, 12).map(({ input }) => input.part)).size).toBeGreaterThan(5)
})

test('the same seed gives the same requests', () => {
  const again = variationsOf(operation, base, { schemas, random: createRandom(1), first: new Set() })
  expect(again).toEqual(variations)
})

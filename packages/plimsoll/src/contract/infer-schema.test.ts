import { expect, test } from 'vitest'
import { inferSchema } from './infer-schema.ts'

test.each([
  [[], true],
  [[null], { type: 'null' }],
  [[1, 2], { type: 'integer' }],
  [[1, 2.5], { type: 'number' }],
  [['a', null], { type: ['string', 'null'] }],
  [[1, 'a'], { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
  [['2026-01-02T03:04:05Z'], { type: 'string', format: 'date-time' }],
  [['2026-01-02T03:04:05Z', 'soon'], { type: 'string' }],
  [[[]], { type: 'array' }],
  [
    [[1], ['a@b.org']],
    { type: 'array', items: { anyOf: [{ type: 'string', format: 'email' }, { type: 'integer' }] } },
  ],
  [
    [
      { id: 1, note: null },
      { id: 2, tags: ['x'] },
    ],
    {
      type: 'object',
      properties: {
        id: { type: 'integer' },
        note: { type: 'null' },
        tags: { type: 'array', items: { type: 'string' } },
      },
      required: ['id'],
    },
  ],
  [
    [Object.fromEntries(Array.from({ length: 61 }, (_, index) => [`k${index}`, index]))],
    { type: 'object', additionalProperties: { type: 'integer' } },
  ],
])('%j', (samples, schema) => {
  expect(inferSchema(samples)).toEqual(schema)
})

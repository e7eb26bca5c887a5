import { describe, expect, test } from 'vitest'
import type { JsonSchema } from '../api.ts'
import { compileSchema } from './compile-schema.ts'
import type { Direction } from './directed.ts'

const definitions: Record<string, JsonSchema> = {
  Note: {
    type: 'object',
    required: ['id', 'text', 'secret'],
    properties: {
      id: { $ref: '#/$defs/Id' },
      text: { type: 'string' },
      secret: { type: 'string', writeOnly: true },
      replies: { type: 'array', items: { $ref: '#/$defs/Note' } },
    },
  },
  Id: { type: 'integer', readOnly: true },
  Stored: { allOf: [{ properties: { at: { type: 'string', readOnly: true } } }, { required: ['at'] }] },
  Pet: {
    oneOf: [{ required: ['a'] }, { required: ['b'] }],
    discriminator: { propertyName: 'kind' },
  },
}

const check = (schema: JsonSchema, value: unknown, direction: Direction = 'response') => {
  const found = compileSchema({ definitions }, schema, direction)
  if (found === null) return 'not compiled'
  return found(value)?.map(({ pointer, message }) => ({ pointer, message })) ?? null
}

const note = { $ref: '#/$defs/Note' }

describe('what only one direction has is asked of that one', () => {
  test('of an answer', () => {
    expect(check(note, { id: 1, text: 'a' })).toBeNull()
    expect(check(note, { text: 'a' })).toEqual([{ pointer: '', message: "must have required property 'id'" }])
  })

  test('of a request', () => {
    expect(check(note, { text: 'a', secret: 's' }, 'request')).toBeNull()
    expect(check(note, { text: 'a', id: 'any' }, 'request')).toEqual([
      { pointer: '', message: "must have required property 'secret'" },
    ])
  })

  test('where another part of the schema requires it', () => {
    expect(check({ $ref: '#/$defs/Stored' }, {}, 'request')).toBeNull()
    expect(check({ $ref: '#/$defs/Stored' }, {}, 'response')).not.toBeNull()
  })
})

test('schemas that hold themselves', () => {
  expect(check(note, { id: 1, text: 'a', replies: [{ id: 2, text: 3 }] })).toEqual([
    { pointer: '/replies/0/text', message: 'must be string' },
  ])
})

test.each<[JsonSchema, unknown, unknown]>([
  [
    { type: 'string', format: 'date-time' },
    'noon',
    [{ pointer: '', message: 'must match format "date-time"' }],
  ],
  [{ type: 'string', format: 'our-own' }, 'noon', null],
  [
    { enum: ['a', 'b'] },
    'c',
    [{ pointer: '', message: 'must be equal to one of the allowed values: "a", "b"' }],
  ],
  [
    { additionalProperties: false, properties: { a: true } },
    { b: 1 },
    [{ pointer: '', message: 'must NOT have additional properties: b' }],
  ],
  [{ type: 'string', pattern: '^[\\w-.]+$' }, 'a-b', null],
  [
    { type: 'object', required: ['constructor'] },
    {},
    [{ pointer: '', message: "must have required property 'constructor'" }],
  ],
  [{ $ref: '#/$defs/Pet' }, { a: 1, b: 2 }, null],
  [{ $ref: '#/$defs/Pet' }, { c: 1 }, expect.any(Array)],
  [{ type: 'integer', 'x-note': 1, discriminator: 3 }, 3, null],
  [false, 1, [{ pointer: '', message: 'boolean schema is false' }]],
  [{ $ref: '#/$defs/Nowhere' }, 1, null],
  [{ type: 'nonsense' }, 1, 'not compiled'],
])('%j of %j', (schema, value, problems) => {
  expect(check(schema, value)).toEqual(problems)
})

test('no more than a few problems are said', () => {
  expect(
    check(
      { items: { type: 'string' } },
      Array.from({ length: 20 }, () => 1),
    ),
  ).toHaveLength(10)
})

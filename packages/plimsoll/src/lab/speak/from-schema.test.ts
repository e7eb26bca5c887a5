import { expect, test } from 'vitest'
import { fromSchema } from './from-schema.ts'

const made = (schema: unknown, document: unknown = schema) => fromSchema(schema, document)

test.each([
  ['email', { type: 'string', format: 'email' }, 'plimsoll{{word}}@example.com'],
  ['uuid', { type: 'string', format: 'uuid' }, '{{uuid}}'],
  ['date', { type: 'string', format: 'date' }, '2030-01-15'],
  ['date-time', { type: 'string', format: 'date-time' }, '2030-01-15T12:00:00.000Z'],
  ['enum', { type: 'string', enum: ['open', 'closed'] }, 'open'],
  ['const', { const: 7 }, 7],
  ['nullable list of types', { type: ['null', 'integer'] }, 1],
  ['minimum', { type: 'integer', minimum: 18 }, 18],
  ['exclusive minimum', { type: 'number', exclusiveMinimum: 5 }, 6],
  ['exclusive minimum of OpenAPI 3.0', { type: 'integer', minimum: 5, exclusiveMinimum: true }, 6],
  ['maximum below one', { type: 'number', maximum: 0.5 }, 0.5],
  ['negative range', { type: 'integer', minimum: -9, maximum: -3 }, -3],
  ['multiple', { type: 'integer', minimum: 7, multipleOf: 5 }, 10],
  ['boolean', { type: 'boolean' }, true],
  ['empty list', { type: 'array', items: { type: 'string' } }, []],
  [
    'list of things',
    { type: 'array', items: { type: 'object', properties: { quantity: { type: 'integer' } } } },
    [{ quantity: 1 }],
  ],
  ['list that wants two', { type: 'array', minItems: 2, items: { type: 'integer' } }, [1, 1]],
  ['an example of a pattern', { type: 'string', pattern: '^NL', example: 'NL-1011' }, 'NL-1011'],
  ['examples of a pattern', { type: 'string', pattern: '^NL', examples: ['NL-1012'] }, 'NL-1012'],
  ['an example of free text', { type: 'string', example: 'My book' }, 'Plimsoll {{word}}'],
  ['an example of a number', { type: 'integer', example: 12 }, 12],
  ['a default of a switch', { type: 'boolean', default: false }, false],
  ['a default', { type: 'integer', default: 25 }, 25],
])('%s', (_name, schema, value) => {
  expect(made(schema)).toEqual(value)
})

test('texts keep to their length', () => {
  expect(made({ type: 'string', maxLength: 4 })).toBe('plim')
  expect(made({ type: 'string', maxLength: 12 })).toBe('{{word}}')
  expect(String(made({ type: 'string', minLength: 40 })).replace('{{word}}', '0123456789')).toHaveLength(40)
})

test('required properties only; all of them where none is required', () => {
  const properties = { title: { type: 'string' }, seats: { type: 'integer' } }
  expect(made({ type: 'object', required: ['title'], properties })).toEqual({ title: 'Plimsoll {{word}}' })
  expect(made({ type: 'object', properties })).toEqual({ title: 'Plimsoll {{word}}', seats: 1 })
  expect(made({ properties: { email: {} } })).toEqual({ email: 'plimsoll{{word}}@example.com' })
})

test('references, allOf, oneOf and anyOf are followed', () => {
  const document = {
    components: {
      schemas: {
        Named: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
        Venue: {
          allOf: [
            { $ref: '#/components/schemas/Named' },
            { type: 'object', required: ['seats'], properties: { seats: { type: 'integer', minimum: 2 } } },
          ],
        },
        Place: { oneOf: [{ $ref: '#/components/schemas/Venue' }, { type: 'string' }] },
        'a/b': { anyOf: [{ type: 'boolean' }] },
      },
    },
  }
  expect(made({ $ref: '#/components/schemas/Place' }, document)).toEqual({
    name: 'Plimsoll {{word}}',
    seats: 2,
  })
  expect(made({ $ref: '#/components/schemas/a~1b' }, document)).toBe(true)
})

test('a schema that refers to itself ends', () => {
  const document = {
    Node: { type: 'object', required: ['child'], properties: { child: { $ref: '#/Node' } } },
  }
  expect(JSON.stringify(made({ $ref: '#/Node' }, document)).length).toBeLessThan(1_000)
  const loop = { A: { $ref: '#/B' }, B: { $ref: '#/A' } }
  expect(() => made({ $ref: '#/A' }, loop)).not.toThrow()
})

test.each([null, 'text', 7, [], {}])('what is no schema gives some value: %j', (schema) => {
  expect(() => made(schema)).not.toThrow()
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonSchema } from '../api.ts'
import { boundariesOf } from './boundaries.ts'
import { invalidsOf } from './invalid.ts'
import { openSchemas } from './open-schemas.ts'
import { isInvalidOnWire, isUnmistakable } from './readings.ts'
import { sampleValid, valuesOf } from './values.ts'
import { wireForm } from './wire-form.ts'

const definitions: Record<string, JsonSchema> = {
  Money: {
    type: 'object',
    required: ['amount', 'currency'],
    properties: {
      amount: { type: 'number', minimum: 0, multipleOf: 0.01 },
      currency: { type: 'string', enum: ['EUR', 'USD'] },
    },
    additionalProperties: false,
  },
  Node: {
    type: 'object',
    required: ['name'],
    properties: {
      id: { type: 'integer', readOnly: true },
      name: { type: 'string', minLength: 1, maxLength: 40 },
      children: { type: 'array', items: { $ref: '#/$defs/Node' } },
      parent: { anyOf: [{ $ref: '#/$defs/Node' }, { type: 'null' }] },
    },
  },
  Named: { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 2 } } },
}
const schemas = openSchemas({ definitions }, 'request')

describe('valid values', () => {
  test.each<[string, JsonSchema]>([
    ['a bounded text', { type: 'string', minLength: 3, maxLength: 5 }],
    ['a pattern', { type: 'string', pattern: '^[A-Z]{2}-\\d{3}$' }],
    ['an email', { type: 'string', format: 'email' }],
    ['a moment', { type: 'string', format: 'date-time' }],
    ['a uuid', { type: 'string', format: 'uuid' }],
    ['an integer above a bound', { type: 'integer', exclusiveMinimum: 5, maximum: 8 }],
    ['multiples', { type: 'number', multipleOf: 0.05, minimum: 0.1, maximum: 0.3 }],
    ['below zero', { type: 'integer', maximum: -7 }],
    ['a nullable text', { type: ['string', 'null'], maxLength: 4 }],
    ['a choice', { enum: ['a', 1, null] }],
    ['a constant', { const: { a: 1 } }],
    [
      'different items',
      { type: 'array', uniqueItems: true, minItems: 2, items: { type: 'integer', minimum: 0, maximum: 9 } },
    ],
    ['a reference', { $ref: '#/$defs/Money' }],
    ['what refers to itself', { $ref: '#/$defs/Node' }],
    [
      'all of several',
      { allOf: [{ $ref: '#/$defs/Named' }, { properties: { name: { type: 'string', maxLength: 4 } } }] },
    ],
    ['one of several', { oneOf: [{ $ref: '#/$defs/Money' }, { type: 'integer' }] }],
    [
      'any of several, with more beside',
      {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'integer' } },
        anyOf: [{ required: ['b'] }, { required: ['c'] }],
      },
    ],
    ['a map', { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 1 }],
    ['anything', true],
  ])('%s', (_, schema) => {
    const made = sampleValid(schema, schemas, 20, 7)
    expect(made).not.toEqual([])
    for (const value of made) expect(schemas.check(schema, value)).toEqual([])
    expect(sampleValid(schema, schemas, 20, 7)).toEqual(made)
  })

  test('what is read-only is left out, examples come now and then', () => {
    const made = fc.sample(valuesOf({ $ref: '#/$defs/Node' }, schemas), { numRuns: 50, seed: 3 })
    expect(JSON.stringify(made)).not.toContain('"id"')
    const named = fc.sample(valuesOf({ type: 'string', examples: ['Ada'] }, schemas), {
      numRuns: 60,
      seed: 3,
    })
    expect(named.filter((name) => name === 'Ada').length).toBeGreaterThan(2)
    expect(named.filter((name) => name === 'Ada').length).toBeLessThan(40)
  })

  test('nothing is valid for a schema that takes nothing', () => {
    expect(sampleValid({ not: {} }, schemas, 3, 1)).toEqual([])
    expect(sampleValid({ type: 'integer', minimum: 5, maximum: 3 }, schemas, 3, 1)).toEqual([])
  })
})

describe('boundaries', () => {
  const of = (schema: JsonSchema) =>
    boundariesOf(schema, schemas).map(
      ({ keyword, value, within }) => `${keyword} ${JSON.stringify(value)} ${within ? 'within' : 'beyond'}`,
    )
  test.each<[JsonSchema, string[]]>([
    [
      { type: 'string', minLength: 2, maxLength: 3 },
      ['minLength "pl" within', 'minLength "p" beyond', 'maxLength "pli" within', 'maxLength "plim" beyond'],
    ],
    [
      { type: 'integer', minimum: 1, maximum: 5 },
      ['minimum 1 within', 'minimum 0 beyond', 'maximum 5 within', 'maximum 6 beyond', 'type 1.5 beyond'],
    ],
    [{ type: 'number', exclusiveMinimum: 0 }, ['exclusiveMinimum 0.01 within', 'exclusiveMinimum 0 beyond']],
    [
      { type: 'array', maxItems: 1, items: { const: 'x' } },
      ['maxItems ["x"] within', 'maxItems ["x","x"] beyond'],
    ],
    [{ type: 'array', uniqueItems: true, items: { const: 4 } }, ['uniqueItems [4,4] beyond']],
    [{ type: 'string', format: 'uuid', maxLength: 36 }, []],
    [{ type: 'boolean' }, []],
  ])('%j', (schema, expected) => {
    expect(of(schema)).toEqual(expected)
  })
})

describe('invalid values', () => {
  const valid = { amount: 2.5, currency: 'EUR' }
  test('each breaks one keyword in one place', () => {
    const made = invalidsOf({ $ref: '#/$defs/Money' }, valid, schemas)
    expect(
      made.map(({ keyword, at, value }) => `${at.join('.')} ${keyword} ${JSON.stringify(value)}`),
    ).toMatchInlineSnapshot(`
      [
        " type "not-an-object"",
        " required {"currency":"EUR"}",
        " required {"amount":2.5}",
        " additionalProperties {"amount":2.5,"currency":"EUR","plimsollUnknown":"x"}",
        "amount type {"amount":"not-a-number","currency":"EUR"}",
        "amount minimum {"amount":-0.01,"currency":"EUR"}",
        "currency enum {"amount":2.5,"currency":"plimsoll-none-of-these"}",
      ]
    `)
    for (const { keyword, value } of made) {
      const problems = schemas.check({ $ref: '#/$defs/Money' }, value)
      expect(problems.map((one) => one.keyword)).toEqual([keyword])
    }
  })
  test('inside of lists and of things in things', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: { lines: { type: 'array', items: { $ref: '#/$defs/Money' } } },
    }
    const places = invalidsOf(schema, { lines: [valid] }, schemas).map(({ at }) => at.join('.'))
    expect(places).toContain('lines.0.amount')
  })
  test.each<[string, JsonSchema, unknown]>([
    [
      'a required part with a default may be left out',
      { type: 'object', required: ['a'], properties: { a: { default: 1 } } },
      { a: 1 },
    ],
    [
      'a required part that is read-only',
      { type: 'object', required: ['a'], properties: { a: { readOnly: true } } },
      { a: 1 },
    ],
  ])('%s', (_, schema, value) => {
    expect(invalidsOf(schema, value, schemas).filter(({ keyword }) => keyword === 'required')).toEqual([])
  })
})

describe('what a lenient reader takes', () => {
  test.each<[JsonSchema, unknown, boolean]>([
    [{ type: 'integer' }, '5', false],
    [{ type: 'integer' }, 'five', true],
    [{ type: 'integer' }, null, false],
    [{ type: 'integer', minimum: 1 }, null, true],
    [{ type: 'string' }, 5, false],
    [{ type: 'string' }, { a: 1 }, true],
    [{ type: 'string', maxLength: 3 }, 'ab   ', false],
    [{ type: 'string', maxLength: 3 }, 'abcde', true],
    [{ enum: ['open', 'closed'] }, 'OPEN', false],
    [{ type: 'boolean' }, 'yes', false],
    [{ type: 'array', items: { type: 'integer' } }, 7, false],
    [{ type: 'array', items: { type: 'integer' } }, {}, true],
    [{ type: 'integer' }, [7], false],
  ])('%j of %j: unmistakably invalid is %s', (schema, value, expected) => {
    expect(isUnmistakable(schema, value, schemas)).toBe(expected)
  })
})

describe('on the wire', () => {
  const form = { style: 'form', explode: true }
  test.each<[JsonSchema, string[], boolean]>([
    [{ type: 'string' }, ['5'], false],
    [{ type: 'integer' }, ['5'], false],
    [{ type: 'integer' }, ['abc'], true],
    [{ type: 'integer' }, ['5.5'], true],
    [{ type: 'integer', maximum: 100 }, ['101'], true],
    [{ type: 'boolean' }, ['true'], false],
    [{ type: 'boolean' }, ['maybe'], true],
    [{ type: 'integer' }, [''], false],
    [{ type: 'array', items: { type: 'integer' } }, ['1', '2'], false],
    [{ type: 'array', items: { type: 'integer' } }, ['1,2'], false],
    [{ type: 'array', items: { type: 'integer' } }, ['a'], true],
    [{ type: 'object', required: ['a'] }, ['x'], false],
    [{ enum: ['asc', 'desc'] }, ['sideways'], true],
    [{ enum: [1, 2] }, ['2'], false],
  ])('%j as %j: invalid is %s', (schema, texts, expected) => {
    expect(isInvalidOnWire(schema, { ...form, texts }, schemas)).toBe(expected)
  })

  test.each<[Parameters<typeof wireForm>[0], unknown, [string, string][]]>([
    [
      { name: 'q', in: 'query', ...form },
      ['a', 'b'],
      [
        ['q', 'a'],
        ['q', 'b'],
      ],
    ],
    [{ name: 'q', in: 'query', style: 'form', explode: false }, ['a', 'b'], [['q', 'a,b']]],
    [{ name: 'q', in: 'query', style: 'pipeDelimited', explode: false }, [1, 2], [['q', '1|2']]],
    [{ name: 'q', in: 'query', style: 'deepObject', explode: true }, { a: 1 }, [['q[a]', '1']]],
    [
      { name: 'q', in: 'query', ...form },
      { a: 1, b: 2 },
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [{ name: 'id', in: 'path', style: 'simple', explode: false }, [1, 2], [['id', '1,2']]],
    [{ name: 'id', in: 'path', style: 'simple', explode: false }, true, [['id', 'true']]],
  ])('%j %j', (parameter, value, expected) => {
    expect(wireForm(parameter, value)).toEqual(expected)
  })
})

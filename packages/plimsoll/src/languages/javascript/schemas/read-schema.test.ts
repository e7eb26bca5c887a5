import { expect, test } from 'vitest'
import { openProject } from '../../../instruments/source/open-project.ts'
import { writeFixture } from '../../../instruments/source/write-fixture.ts'
import { openWorld } from '../code/code.ts'
import { readSchema } from './read-schema.ts'

const read = async (code: string, files: Record<string, string> = {}) => {
  const { dir, remove } = writeFixture({ 'package.json': { name: 'harbour' }, 'main.ts': code, ...files })
  try {
    const project = await openProject(dir)
    const world = openWorld(project, { packages: {} })
    const value = world.exported('main.ts', 'schema')
    return value === null ? 'not exported' : readSchema(world, value)
  } finally {
    remove()
  }
}

const zod = (expression: string) => `import { z } from 'zod'\nexport const schema = ${expression}`
const joi = (expression: string) => `import Joi from 'joi'\nexport const schema = ${expression}`
const yup = (expression: string) => `import * as yup from 'yup'\nexport const schema = ${expression}`
const typebox = (expression: string) =>
  `import { Type } from '@sinclair/typebox'\nexport const schema = ${expression}`

const object = (properties: object, required?: string[]) => ({
  type: 'object',
  properties,
  ...(required === undefined ? {} : { required }),
})
const text = { type: 'string' }
const filled = { type: 'string', minLength: 1 }

test.each([
  ['z.string().email().min(3).max(50)', { type: 'string', format: 'email', minLength: 3, maxLength: 50 }],
  ['z.email()', { type: 'string', format: 'email' }],
  ['z.string().datetime()', { type: 'string', format: 'date-time' }],
  ['z.iso.date()', { type: 'string', format: 'date' }],
  ['z.string().regex(/^[A-Z]{3}$/)', { type: 'string', pattern: '^[A-Z]{3}$' }],
  ['z.string().regex(/^[a-z]+$/i)', text],
  ['z.string().startsWith("a.b")', { type: 'string', pattern: '^a\\.b' }],
  ['z.number().int().positive().max(9)', { type: 'integer', exclusiveMinimum: 0, maximum: 9 }],
  ['z.coerce.number().int()', { type: 'integer' }],
  ['z.coerce.date()', { type: 'string', format: 'date-time' }],
  ['z.enum(["dry", "wet"])', { type: 'string', enum: ['dry', 'wet'] }],
  ['z.enum(["dry", "wet"]).nullable()', { type: ['string', 'null'], enum: ['dry', 'wet', null] }],
  ['z.literal("crate")', { const: 'crate' }],
  ['z.union([z.string(), z.number()])', { anyOf: [text, { type: 'number' }] }],
  ['z.union([z.literal("a"), z.literal("b")])', { enum: ['a', 'b'] }],
  ['z.string().or(z.number())', { anyOf: [text, { type: 'number' }] }],
  ['z.array(z.string()).min(1)', { type: 'array', items: text, minItems: 1 }],
  ['z.string().array().nonempty()', { type: 'array', items: text, minItems: 1 }],
  [
    'z.tuple([z.string(), z.number()])',
    { type: 'array', prefixItems: [text, { type: 'number' }], minItems: 2, maxItems: 2 },
  ],
  ['z.record(z.string(), z.number())', { type: 'object', additionalProperties: { type: 'number' } }],
  ['z.string().transform((one) => one.length).max(3)', text],
  ['z.string().refine((one) => one !== "x").trim()', text],
  [
    'z.object({ a: z.string(), b: z.number().optional(), c: z.boolean().default(false) })',
    object({ a: text, b: { type: 'number' }, c: { type: 'boolean', default: false } }, ['a']),
  ],
  ['z.object({ a: z.string() }).strict()', { ...object({ a: text }, ['a']), additionalProperties: false }],
  ['z.strictObject({ a: z.string() })', { ...object({ a: text }, ['a']), additionalProperties: false }],
  ['z.object({ a: z.string() }).extend({ b: z.string() })', object({ a: text, b: text }, ['a', 'b'])],
  [
    'z.object({ a: z.string() }).merge(z.object({ a: z.number() }))',
    object({ a: { type: 'number' } }, ['a']),
  ],
  ['z.object({ a: z.string(), b: z.string() }).pick({ a: true })', object({ a: text }, ['a'])],
  ['z.object({ a: z.string(), b: z.string() }).omit({ a: true }).partial()', object({ b: text })],
  [
    'z.object({ ...z.object({ a: z.string() }).shape, b: z.string() })',
    object({ a: text, b: text }, ['a', 'b']),
  ],
  ['z.object({ a: z.object({ b: z.string() }).shape.b })', object({ a: text }, ['a'])],
  ['z.object({ a: unknownThing })', object({ a: {} })],
  ['z.object({ a: z.preprocess((one) => Number(one), z.number()) })', object({ a: {} })],
  [
    'z.discriminatedUnion("t", [z.object({ t: z.literal("a") }), z.object({ t: z.literal("b") })])',
    { anyOf: [object({ t: { const: 'a' } }, ['t']), object({ t: { const: 'b' } }, ['t'])] },
  ],
  [
    'z.object({ a: z.string() }).refine(() => true).and(z.object({ b: z.string() }))',
    { allOf: [object({ a: text }, ['a']), object({ b: text }, ['b'])] },
  ],
  ['unknownThing', null],
])('zod: %s', async (expression, schema) => {
  expect(await read(zod(expression))).toEqual(schema)
})

test('a schema that refers to itself does so by name', async () => {
  const code = `
    import { z } from 'zod'
    const Category = z.object({ name: z.string(), children: z.lazy(() => Category.array()) })
    export const schema = z.object({ root: z.lazy(() => Category) })`
  expect(await read(code)).toMatchObject({
    properties: { root: { $ref: '#/$defs/Recursive' } },
    $defs: {
      Recursive: {
        type: 'object',
        properties: { name: text, children: { $ref: '#/$defs/Recursive2' } },
        required: ['name', 'children'],
      },
    },
  })
})

test('schemas of other files, and enums of the language', async () => {
  const files = {
    'kinds.ts': `export enum Kind { Dry = 'dry', Wet = 'wet' }\nexport const KINDS = ['a', 'b'] as const`,
    'base.ts': `import { z } from 'zod'\nimport { Kind, KINDS } from './kinds'\nexport const base = z.object({ kind: z.nativeEnum(Kind), letter: z.enum(KINDS) })`,
  }
  const code = `import { base } from './base'\nexport const schema = base.partial({ kind: true })`
  expect(await read(code, files)).toEqual(
    object({ kind: { type: 'string', enum: ['dry', 'wet'] }, letter: { type: 'string', enum: ['a', 'b'] } }, [
      'letter',
    ]),
  )
})

test.each([
  [
    'Joi.object({ a: Joi.string().required(), b: Joi.number().integer().min(1) })',
    object({ a: filled, b: { type: 'integer', minimum: 1 } }, ['a']),
  ],
  [
    'Joi.object().keys({ a: Joi.string().email().max(20) })',
    object({ a: { type: 'string', format: 'email', maxLength: 20 } }),
  ],
  ['Joi.string().allow("")', text],
  ['Joi.string().allow(null)', { type: ['string', 'null'], minLength: 1 }],
  ['Joi.string().valid("dry", "wet")', { type: 'string', enum: ['dry', 'wet'] }],
  ['Joi.string().email().allow("")', { anyOf: [{ type: 'string', format: 'email' }, { enum: [''] }] }],
  ['Joi.array().items(Joi.string()).min(1)', { type: 'array', items: filled, minItems: 1 }],
  [
    'Joi.alternatives().try(Joi.number(), Joi.boolean())',
    { anyOf: [{ type: 'number' }, { type: 'boolean' }] },
  ],
  [
    'Joi.object({ a: [Joi.number(), Joi.boolean()], b: { c: Joi.boolean().required() } })',
    object({
      a: { anyOf: [{ type: 'number' }, { type: 'boolean' }] },
      b: object({ c: { type: 'boolean' } }, ['c']),
    }),
  ],
  [
    'Joi.object({ a: Joi.string() }).append({ b: Joi.boolean() })',
    object({ a: filled, b: { type: 'boolean' } }),
  ],
  ['Joi.string().custom(check).pattern(/^[0-9]+$/)', { type: 'string', pattern: '^[0-9]+$' }],
  ['Joi.when("x", { then: 1 })', null],
])('joi: %s', async (expression, schema) => {
  expect(await read(joi(expression))).toEqual(schema)
})

test.each([
  [
    'yup.object({ a: yup.string().email().required(), b: yup.number().integer().min(1) })',
    object({ a: { type: 'string', format: 'email' }, b: { type: 'integer', minimum: 1 } }, ['a']),
  ],
  [
    'yup.object().shape({ a: yup.array().of(yup.string()), b: yup.mixed().oneOf(["x"]) })',
    object({ a: { type: 'array', items: text }, b: { enum: ['x'] } }),
  ],
  ['yup.string().matches(/^x/).nullable()', { type: ['string', 'null'], pattern: '^x' }],
])('yup: %s', async (expression, schema) => {
  expect(await read(yup(expression))).toEqual(schema)
})

test.each([
  [
    'Type.Object({ a: Type.String({ minLength: 1 }), b: Type.Optional(Type.Integer({ minimum: 0 })) }, { additionalProperties: false })',
    { ...object({ a: filled, b: { type: 'integer', minimum: 0 } }, ['a']), additionalProperties: false },
  ],
  ['Type.Union([Type.Literal("dry"), Type.Literal("wet")])', { enum: ['dry', 'wet'] }],
  [
    'Type.Array(Type.Union([Type.String(), Type.Null()]), { maxItems: 3 })',
    { type: 'array', items: { anyOf: [text, { type: 'null' }] }, maxItems: 3 },
  ],
  [
    'Type.Partial(Type.Pick(Type.Object({ a: Type.String(), b: Type.String() }), ["a"]))',
    object({ a: text }),
  ],
  [
    'Type.Composite([Type.Object({ a: Type.String() }), Type.Object({ b: Type.String() })])',
    object({ a: text, b: text }, ['a', 'b']),
  ],
  [
    'Type.Record(Type.String(), Type.Boolean())',
    { type: 'object', additionalProperties: { type: 'boolean' } },
  ],
])('typebox: %s', async (expression, schema) => {
  expect(await read(typebox(expression))).toEqual(schema)
})

test.each([
  [
    '{ type: "object", properties: { a: { type: "string", nullable: true }, b: { $ref: "#/definitions/B" } }, definitions: { B: { type: "integer" } } }',
    {
      ...object({ a: { type: ['string', 'null'] }, b: { $ref: '#/$defs/B' } }),
      $defs: { B: { type: 'integer' } },
    },
  ],
  [
    '{ type: "object", required: ["a"], properties: { a: { type: "number", minimum: 1, exclusiveMinimum: true }, b: { type: process.env.KIND } }, $id: "x" }',
    object({ a: { type: 'number', exclusiveMinimum: 1 }, b: {} }, ['a']),
  ],
  ['{ hello: "there" }', null],
])('a literal: %s', async (expression, schema) => {
  expect(await read(`export const schema = ${expression}`)).toEqual(schema)
})

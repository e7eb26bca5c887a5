import fc from 'fast-check'
import type { JsonSchema } from '../api.ts'
import { numbersFor } from './numbers.ts'
import {
  branchesOf,
  finite,
  plain,
  propertiesOf,
  requiredOf,
  type Schemas,
  type Shape,
  schemasIn,
  typesOf,
} from './shape.ts'
import { textsFor } from './texts.ts'

/** Deeper than this only what is required is made; twice as deep nothing is. */
const DEEP = 4
const MOST_ITEMS = 4

type Context = { definitions: Schemas['definitions']; depth: number }

const NOTHING_IN_PARTICULAR = fc.oneof(
  fc.stringMatching(/^[a-z]{1,12}$/),
  fc.integer({ min: 0, max: 1_000 }),
  fc.boolean(),
)

const examplesOf = (shape: Shape): unknown[] => [
  ...(Array.isArray(shape.examples) ? shape.examples : []),
  ...(shape.example === undefined ? [] : [shape.example]),
  ...(shape.default === undefined ? [] : [shape.default]),
]

const arrays = (shape: Shape, { definitions, depth }: Context): fc.Arbitrary<unknown> => {
  const minLength = Math.max(0, finite(shape.minItems) ?? 0)
  const most =
    depth >= DEEP ? minLength : Math.min(finite(shape.maxItems) ?? MOST_ITEMS, minLength + MOST_ITEMS)
  const maxLength = Math.max(minLength, most)
  const first = schemasIn(shape.prefixItems).map((one) => made(one, { definitions, depth: depth + 1 }))
  const items = made(typeof shape.items === 'boolean' ? {} : (schemasIn([shape.items])[0] ?? {}), {
    definitions,
    depth: depth + 1,
  })
  if (first.length > 0) return fc.tuple(...first)
  return shape.uniqueItems === true
    ? fc.uniqueArray(items, { minLength, maxLength, selector: (item) => JSON.stringify(item) })
    : fc.array(items, { minLength, maxLength })
}

const objects = (shape: Shape, { definitions, depth }: Context): fc.Arbitrary<unknown> => {
  const required = requiredOf(shape)
  const fields: Record<string, fc.Arbitrary<unknown>> = {}
  for (const [name, schema] of propertiesOf(shape)) {
    const own = plain(schema, definitions)
    if (own === null || own.readOnly === true) continue
    if (depth >= DEEP && !required.includes(name)) continue
    fields[name] = made(own, { definitions, depth: depth + 1 })
  }
  for (const name of required) {
    const known = propertiesOf(shape).some(([property]) => property === name)
    if (!known) fields[name] = NOTHING_IN_PARTICULAR
  }
  const requiredKeys = required.filter((name) => name in fields)
  if (Object.keys(fields).length === 0 && schemasIn([shape.additionalProperties]).length > 0) {
    const values = made(schemasIn([shape.additionalProperties])[0] ?? {}, { definitions, depth: depth + 1 })
    return fc.dictionary(fc.stringMatching(/^[a-z]{3,8}$/), values, {
      minKeys: Math.max(0, finite(shape.minProperties) ?? 0),
      maxKeys: MOST_ITEMS,
      noNullPrototype: true,
    })
  }
  return fc.record(fields, { requiredKeys, noNullPrototype: true })
}

const OF_TYPE: Readonly<Record<string, (shape: Shape, context: Context) => fc.Arbitrary<unknown>>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: (shape) => numbersFor({ ...shape, type: 'integer' }),
  number: (shape) => numbersFor({ ...shape, type: 'number' }),
  string: (shape) => textsFor(shape),
  array: arrays,
  object: objects,
}

const main = (shape: Shape, context: Context): fc.Arbitrary<unknown> => {
  if ('const' in shape) return fc.constant(shape.const)
  if (Array.isArray(shape.enum) && shape.enum.length > 0) return fc.constantFrom(...shape.enum)
  const branches = branchesOf(shape, context.definitions)
  if (branches.length > 1 || branches[0] !== shape) {
    if (branches.length === 0) return NOTHING_IN_PARTICULAR
    const near = context.depth >= DEEP ? branches.slice(0, 1) : branches
    return fc.oneof(...near.map((branch) => made(branch, { ...context, depth: context.depth + 1 })))
  }
  const makers = typesOf(shape).flatMap((type) => OF_TYPE[type] ?? [])
  if (makers.length === 0) return NOTHING_IN_PARTICULAR
  return fc.oneof(...makers.map((make) => make(shape, context)))
}

const made = (schema: JsonSchema, context: Context): fc.Arbitrary<unknown> => {
  const shape = plain(schema, context.definitions)
  if (shape === null || context.depth > 2 * DEEP) return fc.constant(null)
  const examples = examplesOf(shape)
  const own = main(shape, context)
  return examples.length === 0
    ? own
    : fc.oneof({ weight: 4, arbitrary: own }, { weight: 1, arbitrary: fc.constantFrom(...examples) })
}

/**
 * Values that a schema means, for a request: what is read-only is left out, what refers to itself ends. A few may be
 * invalid all the same (a pattern beside a length, `not`): whoever needs them valid checks.
 */
export const valuesOf = (
  schema: JsonSchema,
  { definitions }: Pick<Schemas, 'definitions'>,
): fc.Arbitrary<unknown> => made(schema, { definitions, depth: 0 })

/** That many different valid values at most, the same for the same seed; fewer where few could be made. */
export const sampleValid = (schema: JsonSchema, schemas: Schemas, n: number, seed: number): unknown[] => {
  const tried = fc.sample(valuesOf(schema, schemas), { numRuns: n * 4, seed })
  const found = new Map<string, unknown>()
  for (const value of tried) {
    if (found.size >= n) break
    if (schemas.check(schema, value).length === 0) found.set(JSON.stringify(value), value)
  }
  return [...found.values()]
}

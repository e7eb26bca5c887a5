import { schemaIn } from '../code/builtins/fluent-schema.ts'
import type { External, Value, World } from '../code/code.ts'
import { type Link, linksOf } from './chain.ts'
import { readChain } from './express-validator.ts'
import { compile, readJoi } from './joi.ts'
import { isPlain, readPlain } from './plain.ts'
import { propertiesOf, type Read, type Reading, type Schema, UNREADABLE } from './schema.ts'
import { readTypebox } from './typebox.ts'
import { readYup } from './yup.ts'
import { readZod } from './zod.ts'

type Library = (links: readonly Link[], at: Reading) => Read | null

const LIBRARIES: Readonly<Record<string, Library>> = {
  zod: readZod,
  '@hono/zod-openapi': readZod,
  'nestjs-zod': readZod,
  'express-zod-api': readZod,
  joi: readJoi,
  '@hapi/joi': readJoi,
  celebrate: readJoi,
  'koa-joi-router': readJoi,
  yup: readYup,
  '@sinclair/typebox': readTypebox,
  typebox: readTypebox,
  '@fastify/type-provider-typebox': readTypebox,
}
const JOI = new Set(['joi', '@hapi/joi', 'celebrate', 'koa-joi-router'])

const libraryOf = ({ package: name }: External): Library | null =>
  Object.hasOwn(LIBRARIES, name) ? (LIBRARIES[name] ?? null) : null

/** Schemas that code registered under a name, and classes that stand for one. */
export type SchemaSources = {
  shared?: ReadonlyMap<string, Value>
  /** a class of data, as a schema; null where its properties say nothing */
  classSchema?(value: Value): Schema | null
}

const DEEPEST = 24

/** true for a value that a validator's library made, or that is a JSON Schema */
export const isSchemaValue = (world: World, given: Value): boolean => {
  const value = schemaIn(given)
  if (value.kind === 'external') return libraryOf(value) !== null && value.path.includes('()')
  return value.kind === 'dictionary' && isPlain(world, value)
}

const holdsJoi = (value: Value): boolean =>
  value.kind === 'dictionary' &&
  [...value.fields.values()].some((each) => each.kind === 'external' && JOI.has(each.package))

/** Reads values of one place; what they refer to gathers in `defs`. */
const openReading = (world: World, sources: SchemaSources): { at: Reading; defs: Schema } => {
  const names = new Map<Value, string>()
  const defs: Schema = {}
  let depth = 0

  const readOnce = (given: Value): Read | null => {
    const plain = schemaIn(given)
    if (plain.kind === 'dictionary') {
      if (isPlain(world, plain)) return readPlain(at, plain)
      return holdsJoi(plain) ? compile(plain, at) : null
    }
    if (plain.kind === 'class') {
      const schema = sources.classSchema?.(plain) ?? null
      return schema === null ? null : { schema, optional: false }
    }
    return plain.kind === 'external' ? (libraryOf(plain)?.(linksOf(plain), at) ?? null) : null
  }

  const read = (given: Value | undefined): Read | null => {
    if (given === undefined) return null
    if (depth > DEEPEST) return UNREADABLE
    depth += 1
    const found = readOnce(given)
    depth -= 1
    return found
  }

  const properties = (given: Value | undefined, readOne: (each: Value) => Read | null = read) => {
    if (given?.kind === 'external') {
      const whole = read(given)
      return whole === null || whole.schema.type !== 'object' ? null : propertiesOf(whole.schema)
    }
    if (given?.kind !== 'dictionary') return null
    const own = [...given.fields].filter(([name]) => !name.startsWith('\u0000'))
    const all = new Map<string, Read>()
    const addSpreads = (before: number) => {
      for (const spread of given.spreads ?? [])
        if (spread.before === before)
          for (const [name, inner] of properties(spread.value, readOne) ?? []) all.set(name, inner)
    }
    for (const [index, [name, inner]] of own.entries()) {
      addSpreads(index)
      all.set(name, readOne(inner) ?? UNREADABLE)
    }
    addSpreads(own.length)
    return all
  }

  const refer = (target: Value, wanted: string, readTarget = () => read(target)): Schema => {
    const before = names.get(target)
    if (before !== undefined) return { $ref: `#/$defs/${before}` }
    const plain = wanted.replace(/[^\w.-]/g, '_') || 'Schema'
    let name = plain
    for (let count = 2; Object.hasOwn(defs, name); count += 1) name = `${plain}${count}`
    names.set(target, name)
    defs[name] = {}
    defs[name] = readTarget()?.schema ?? {}
    return { $ref: `#/$defs/${name}` }
  }

  const at: Reading = { world, read, properties, refer, shared: (id) => sources.shared?.get(id) ?? null }
  return { at, defs }
}

/**
 * JSON Schema of what a validator takes in: zod, joi, yup, TypeBox, fluent-json-schema or a literal. Null where it is
 * none, or says nothing that can be read.
 */
export const readSchema = (world: World, value: Value, sources: SchemaSources = {}): Schema | null => {
  const { at, defs } = openReading(world, sources)
  const found = at.read(value)
  if (found === null || Object.keys(found.schema).length === 0) return null
  return Object.keys(defs).length === 0 ? found.schema : { ...found.schema, $defs: defs }
}

/** What a chain of express-validator, or its `checkSchema`, checks. */
export const readFields = (world: World, value: External): ReturnType<typeof readChain> =>
  readChain(value, openReading(world, {}).at)

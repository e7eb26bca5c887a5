import type { External, Value } from '../code/code.ts'
import { jsonOf } from '../routing/json-of.ts'
import { type Link, linksOf } from './chain.ts'
import { isConstant, numberIn, patternOf, type Read, type Reading, type Schema, textsIn } from './schema.ts'

type Word = 'body' | 'query' | 'params' | 'headers'

const PLACES: Readonly<Record<string, Word>> = {
  body: 'body',
  param: 'params',
  query: 'query',
  header: 'headers',
}

type Step = (read: Read, args: readonly Value[], at: Reading) => Read

const add =
  (schema: Schema): Step =>
  (read) => ({ ...read, schema: { ...read.schema, ...schema } })

const text = (schema: Schema = {}) => add({ type: 'string', ...schema })

const ranged =
  (base: Schema, low: string, high: string): Step =>
  (read, [options], at) => {
    const limit = (name: string, keyword: string): Schema => {
      const number = options === undefined ? null : numberIn(at.world.get(options, name))
      return number === null ? {} : { [keyword]: number }
    }
    return { ...read, schema: { ...read.schema, ...base, ...limit('min', low), ...limit('max', high) } }
  }

const STEPS: Readonly<Record<string, Step>> = {
  isString: text(),
  isEmail: text({ format: 'email' }),
  isURL: text({ format: 'uri' }),
  isUUID: text({ format: 'uuid' }),
  isISO8601: text({ format: 'date-time' }),
  isMongoId: text({ pattern: '^[0-9a-fA-F]{24}$' }),
  isIP: text(),
  isAlpha: text(),
  isAlphanumeric: text(),
  isLength: ranged({ type: 'string' }, 'minLength', 'maxLength'),
  isInt: ranged({ type: 'integer' }, 'minimum', 'maximum'),
  isFloat: ranged({ type: 'number' }, 'minimum', 'maximum'),
  isDecimal: add({ type: 'number' }),
  isNumeric: add({ type: 'number' }),
  isBoolean: add({ type: 'boolean' }),
  isArray: ranged({ type: 'array' }, 'minItems', 'maxItems'),
  isObject: add({ type: 'object' }),
  isIn: (read, [list], at) => {
    const values = list === undefined ? undefined : jsonOf(at.world, list)
    return Array.isArray(values) ? { ...read, schema: { ...read.schema, enum: values } } : read
  },
  matches: (read, [pattern]) => ({
    ...read,
    schema: { ...read.schema, type: 'string', ...patternOf(pattern) },
  }),
  notEmpty: (read) => ({
    ...read,
    schema: { minLength: 1, ...read.schema },
  }),
}

/** Every field that is checked must be there, unless it is optional or no check would miss it. */
const CHECKING = /^(?:is|not$|notEmpty$|exists$|equals$|contains$|matches$)/

const fieldOf = (links: readonly Link[], at: Reading): Read => {
  let read: Read = { schema: {}, optional: true }
  let optional = false
  let negated = false
  for (const { names, args } of links) {
    const [name = ''] = names.slice(-1)
    if (args === null) continue
    if (name === 'optional') optional = true
    // A bail or a condition of one's own says nothing of the shape; what is negated says what is not.
    if (name === 'if') optional = true
    if (CHECKING.test(name)) read = { ...read, optional: false }
    if (name === 'not') {
      negated = true
      continue
    }
    const step: Step | undefined = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined
    if (step !== undefined && !negated) read = step(read, args, at)
    negated = false
  }
  const { minLength, ...rest } = read.schema
  const schema = rest.type === undefined || rest.type === 'string' ? read.schema : rest
  return { schema, optional: optional || read.optional }
}

/** `items.*.sku`, as schemas inside each other. */
const placed = (path: readonly string[], { schema, optional }: Read): Read => {
  const [name, ...rest] = path
  if (name === undefined) return { schema, optional }
  const inner = placed(rest, { schema, optional })
  if (name === '*') return { schema: { type: 'array', items: inner.schema }, optional: true }
  return {
    schema: {
      type: 'object',
      properties: { [name]: inner.schema },
      ...(inner.optional ? {} : { required: [name] }),
    },
    optional: inner.optional,
  }
}

/** What one chain of express-validator checks, by the part of the request; null for anything else of the package. */
export const readChain = (value: External, at: Reading): { part: Word; schema: Schema }[] => {
  const [first, ...rest] = linksOf(value)
  const [name = ''] = first?.names.slice(-1) ?? []
  const args = first?.args
  if (first === undefined || args === null || args === undefined) return []
  if (name === 'checkSchema') return bySchema(args, at)
  const part = Object.hasOwn(PLACES, name) ? PLACES[name] : undefined
  if (part === undefined || args[0] === undefined) return []
  const field = fieldOf(rest, at)
  return textsIn(at.world, [args[0]]).flatMap((path) => {
    const { schema } = placed(path.split('.'), field)
    return [{ part, schema }]
  })
}

const bySchema = ([given, place]: readonly Value[], at: Reading): { part: Word; schema: Schema }[] => {
  const fields = given === undefined ? null : at.world.fields(given)
  return [...(fields ?? [])].flatMap(([path, options]) => {
    const [where = ''] = textsIn(at.world, [place ?? at.world.get(options, 'in')])
    const part = { body: 'body', params: 'params', query: 'query', headers: 'headers' } as const
    const known = where === 'body' || where === 'params' || where === 'query' || where === 'headers'
    if (!known) return []
    const links = [...(at.world.fields(options) ?? [])].flatMap(([name, each]): Link[] => {
      if (name === 'in' || isConstant(each, false)) return []
      const given = each.kind === 'dictionary' ? at.world.get(each, 'options') : each
      return [{ names: [name], args: [given] }]
    })
    const { schema } = placed(path.split('.'), fieldOf(links, at))
    return [{ part: part[where], schema }]
  })
}

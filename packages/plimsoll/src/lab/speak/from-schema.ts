import { momentForName, valueForName } from './value-for.ts'

type Schema = Record<string, unknown>

const isRecord = (value: unknown): value is Schema =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const MOST_ITEMS = 20

const FORMATS: Record<string, unknown> = {
  email: 'plimsoll{{word}}@example.com',
  uuid: '{{uuid}}',
  time: '12:00:00Z',
  uri: 'https://example.com/{{word}}',
  url: 'https://example.com/{{word}}',
  ipv4: '192.0.2.1',
  hostname: 'example.com',
}

const formatted = (format: string, name: string): unknown => {
  if (format === 'date') return momentForName(name).slice(0, 10)
  return format === 'date-time' ? momentForName(name) : FORMATS[format]
}

const firstType = (type: unknown) => (Array.isArray(type) ? type.find((one) => one !== 'null') : type)

const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

/** OpenAPI 3.0 says `exclusiveMinimum: true` beside `minimum`; JSON Schema says the number itself. */
const leastOf = ({ minimum, exclusiveMinimum }: Schema): number => {
  if (exclusiveMinimum === true) return (finite(minimum) ?? 0) + 1
  const above = finite(exclusiveMinimum)
  return finite(minimum) ?? (above === undefined ? 1 : above + 1)
}

const firstExample = ({ example, examples }: Schema): unknown =>
  example ?? (Array.isArray(examples) ? examples[0] : undefined)

const numberFor = (schema: Schema) => {
  const given = finite(firstExample(schema)) ?? finite(schema.default)
  if (given !== undefined) return given
  const step = finite(schema.multipleOf)
  const value = Math.min(Math.max(1, leastOf(schema)), finite(schema.maximum) ?? Number.POSITIVE_INFINITY)
  return step === undefined || step <= 0 ? value : Math.ceil(value / step) * step
}

/** A text that must look like something is best copied; any other is better unique. */
const exampleText = (schema: Schema): string | undefined => {
  if (schema.pattern === undefined) return undefined
  return [firstExample(schema), schema.default].find((one) => typeof one === 'string')
}

const textFor = (schema: Schema, name: string) => {
  const named = valueForName(name)
  const text = typeof named === 'string' ? named : 'Plimsoll {{word}}'
  const most = Number(schema.maxLength ?? Number.POSITIVE_INFINITY)
  const least = Number(schema.minLength ?? 0)
  const length = text.replace('{{word}}', '0123456789').length
  if (length > most) return most >= 10 ? '{{word}}' : 'plimsoll'.slice(0, Math.max(1, most))
  return length < least ? text + 'x'.repeat(least - length) : text
}

/** Follows `#/…` within the document the schema came from. */
export const dereference = (schema: unknown, document: unknown, depth = 0): unknown => {
  if (!isRecord(schema) || typeof schema.$ref !== 'string' || depth > 20) return schema
  if (!schema.$ref.startsWith('#/')) return {}
  let target: unknown = document
  for (const part of schema.$ref.slice(2).split('/')) {
    target = isRecord(target) ? target[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined
  }
  return dereference(target, document, depth + 1)
}

/** An order without lines is seldom an order; a list of plain values may well be empty. */
const lengthFor = (schema: Schema, document: unknown) => {
  const items = dereference(schema.items, document)
  const isThing = isRecord(items) && (firstType(items.type) === 'object' || items.properties !== undefined)
  const wanted = Math.max(finite(schema.minItems) ?? 0, isThing ? 1 : 0)
  return Math.min(wanted, finite(schema.maxItems) ?? MOST_ITEMS, MOST_ITEMS)
}

/** The app gives it: a request does not. */
const isReadOnly = (schema: unknown, document: unknown): boolean =>
  [schema, dereference(schema, document)].some((one) => isRecord(one) && one.readOnly === true)

const objectFor = (schema: Schema, document: unknown, depth: number) => {
  const properties = isRecord(schema.properties) ? schema.properties : {}
  const isOurs = (key: string) => !isReadOnly(properties[key], document)
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  const wanted = (required.length > 0 ? required : Object.keys(properties)).filter(isOurs)
  return Object.fromEntries(
    wanted.map((key) => [key, fromSchema(properties[key] ?? {}, document, key, depth + 1)]),
  )
}

/**
 * One valid value for a JSON Schema (the subset that OpenAPI and validators use): numbers as in the example or the
 * default, required properties only, unique texts through placeholders.
 */
export const fromSchema = (raw: unknown, document: unknown, name = '', depth = 0): unknown => {
  const schema = dereference(raw, document)
  if (!isRecord(schema) || depth > 8) return valueForName(name)
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0]
  const all = Array.isArray(schema.allOf) ? schema.allOf : []
  if (all.length > 0) {
    const parts = [{ ...schema, allOf: undefined }, ...all].map((part) =>
      fromSchema(part, document, name, depth + 1),
    )
    return Object.assign({}, ...parts.filter(isRecord))
  }
  const [branch] = [schema.oneOf, schema.anyOf].flatMap((list) => (Array.isArray(list) ? list : []))
  if (branch !== undefined && schema.properties === undefined)
    return fromSchema(branch, document, name, depth + 1)
  switch (firstType(schema.type) ?? (schema.properties ? 'object' : schema.items ? 'array' : undefined)) {
    case 'object':
      return objectFor(schema, document, depth)
    case 'array':
      return Array.from({ length: lengthFor(schema, document) }, () =>
        fromSchema(schema.items, document, name, depth + 1),
      )
    case 'integer':
    case 'number':
      return numberFor(schema)
    case 'boolean':
      return typeof schema.default === 'boolean' ? schema.default : true
    case 'string':
      return exampleText(schema) ?? formatted(String(schema.format), name) ?? textFor(schema, name)
    default:
      return valueForName(name)
  }
}

import type { JsonSchema } from './api.ts'

/** A map by id, not a record: so many names that they are data. */
const MOST_PROPERTIES = 60

const FORMATS: readonly (readonly [string, RegExp])[] = [
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['date-time', /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/],
  ['date', /^\d{4}-\d{2}-\d{2}$/],
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['uri', /^https?:\/\/\S+$/],
]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const ofTexts = (texts: readonly string[]): Record<string, unknown> => {
  const format = FORMATS.find(([, pattern]) => texts.every((text) => pattern.test(text)))
  return { type: 'string', ...(format === undefined ? {} : { format: format[0] }) }
}

const ofRecords = (records: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown> => {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
  if (names.length > MOST_PROPERTIES)
    return { type: 'object', additionalProperties: inferSchema(records.flatMap((one) => Object.values(one))) }
  const required = names.filter((name) => records.every((record) => Object.hasOwn(record, name)))
  return {
    type: 'object',
    properties: Object.fromEntries(
      names.map((name) => [
        name,
        inferSchema(records.flatMap((record) => (Object.hasOwn(record, name) ? [record[name]] : []))),
      ]),
    ),
    ...(required.length > 0 ? { required } : {}),
  }
}

const nullable = (schema: Record<string, unknown>) =>
  typeof schema.type === 'string'
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] }

/**
 * One JSON Schema that every sample fits: what all of them have is required, texts have a format where all look alike.
 * It says what was seen, not what may come. True for no sample.
 */
export const inferSchema = (samples: readonly unknown[]): JsonSchema => {
  const texts = samples.filter((one) => typeof one === 'string')
  const numbers = samples.filter((one) => typeof one === 'number')
  const lists = samples.filter((one) => Array.isArray(one))
  const records = samples.filter(isRecord)
  const items = lists.flat()
  const kinds: Record<string, unknown>[] = [
    ...(texts.length > 0 ? [ofTexts(texts)] : []),
    ...(numbers.length > 0 ? [{ type: numbers.every(Number.isInteger) ? 'integer' : 'number' }] : []),
    ...(samples.some((one) => typeof one === 'boolean') ? [{ type: 'boolean' }] : []),
    ...(lists.length > 0
      ? [{ type: 'array', ...(items.length > 0 ? { items: inferSchema(items) } : {}) }]
      : []),
    ...(records.length > 0 ? [ofRecords(records)] : []),
  ]
  const hasNull = samples.some((one) => one === null)
  const [only] = kinds
  if (only === undefined) return hasNull ? { type: 'null' } : true
  const schema = kinds.length === 1 ? only : { anyOf: kinds }
  return hasNull ? nullable(schema) : schema
}

import type { JsonSchema } from '../api.ts'
import { plain, type Schemas, typesOf } from './shape.ts'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

const ofText = (text: string): unknown[] => [
  text,
  text.trim(),
  text.toLowerCase(),
  text.toUpperCase(),
  ...(NUMBER.test(text.trim()) ? [Number(text)] : []),
  ...(/^(true|yes|on|1|t|y)$/i.test(text) ? [true] : []),
  ...(/^(false|no|off|0|f|n)$/i.test(text) ? [false] : []),
  ...(text === '' || text === 'null' ? [null] : []),
]

const ofNumber = (value: number): unknown[] => [
  value,
  String(value),
  ...(value === 0 || value === 1 ? [value === 1] : []),
]

/** What a lenient reader may take a value for: the validators of many frameworks coerce, trim and wrap. */
export const readingsOf = (value: unknown): unknown[] => {
  const plainReadings =
    typeof value === 'string'
      ? ofText(value)
      : typeof value === 'number'
        ? ofNumber(value)
        : typeof value === 'boolean'
          ? [value, String(value), Number(value)]
          : value === null
            ? [null, '', 0, false]
            : [value]
  const wrapped =
    Array.isArray(value) || (value !== null && typeof value === 'object')
      ? []
      : plainReadings.map((one) => [one])
  const single = Array.isArray(value) && value.length === 1 ? readingsOf(value[0]) : []
  return [...plainReadings, ...wrapped, ...single]
}

/** true when no reading of the value is valid: nobody may say that it was right after all */
export const isUnmistakable = (schema: JsonSchema, value: unknown, { check }: Schemas): boolean =>
  readingsOf(value).every((reading) => check(schema, reading).length > 0)

const SEPARATORS: Readonly<Record<string, string>> = { pipeDelimited: '|', spaceDelimited: ' ' }

/** How a parameter is written on the wire; its texts in the order in which they are sent. */
export type Wired = { style: string; explode: boolean; texts: readonly string[] }

const listsOf = ({ style, texts }: Wired): unknown[][] => {
  const parts = texts.flatMap((text) => text.split(SEPARATORS[style] ?? ','))
  return [texts.map(String), parts].flatMap((list) => [
    list,
    list.map((item) => (NUMBER.test(item) ? Number(item) : item)),
    list.map((item) => (item === 'true' ? true : item === 'false' ? false : item)),
  ])
}

/**
 * Whether a parameter is invalid in the form in which it travels, where everything is text: `5` is a string, `true` a
 * boolean, nothing at all an empty list. What is read as an object is never called invalid.
 */
export const isInvalidOnWire = (schema: JsonSchema, wired: Wired, schemas: Schemas): boolean => {
  const shape = plain(schema, schemas.definitions)
  if (shape === null || typesOf(shape).includes('object')) return false
  if (wired.texts.every((text) => text.trim() === '')) return false
  const readings = [...wired.texts.flatMap(readingsOf), ...listsOf(wired)]
  return readings.every((reading) => schemas.check(schema, reading).length > 0)
}

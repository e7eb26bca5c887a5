import { plain, type Schemas, typesOf } from '../../contract/generate/shape.ts'
import type { Part } from './parts.ts'

/** A value that few clients send, and what is odd about it. */
export type Odd = { value: unknown; note: string }

const TEXTS: readonly Odd[] = [
  { value: 'plim\u0000soll', note: 'a NUL character' },
  { value: 'x'.repeat(300), note: '300 characters' },
  { value: `O'Brien "said"; -- %s \\ {{7*7}} <b>`, note: 'quotes and marks' },
  { value: '🙂中\u202e\u0301é', note: 'letters beyond ASCII' },
  { value: '', note: 'an empty text' },
  { value: 'x'.repeat(6_000), note: '6,000 characters' },
]

const MOMENTS: readonly Odd[] = [
  { value: '9999-12-31T23:59:59.999Z', note: 'the last moment of the year 9999' },
  { value: '0001-01-01T00:00:00Z', note: 'the first moment of the year 1' },
]
const DAYS: readonly Odd[] = [
  { value: '9999-12-31', note: 'the last day of the year 9999' },
  { value: '2024-02-29', note: 'a leap day' },
]
const WHOLE: readonly Odd[] = [
  { value: 2_147_483_648, note: 'one more than 32 bits hold' },
  { value: -1, note: 'a negative number' },
  { value: 0, note: 'zero' },
  { value: 9_223_372_036_854_775_000, note: 'about what 64 bits hold' },
]
const FRACTIONS: readonly Odd[] = [
  { value: 1e300, note: 'a number of 300 digits' },
  { value: 0.123456789, note: 'nine decimal places' },
]
const NOBODY = '00000000-0000-4000-8000-000000000000'

/** Where nobody says what type it has, each is worth a try. */
const ANY: readonly Odd[] = [
  { value: {}, note: 'an empty object' },
  { value: [], note: 'an empty list' },
  { value: null, note: 'null' },
  { value: true, note: 'true' },
]

const isReference = (name: string) => /(^|[_ .])id$|[a-z]Id$|_id$/.test(name)

const ofText = (format: unknown): readonly Odd[] => {
  if (format === 'date-time') return MOMENTS
  if (format === 'date') return DAYS
  if (format === 'uuid') return [{ value: NOBODY, note: 'the id of nothing' }]
  return format === undefined || format === 'password' ? TEXTS : []
}

const references = (part: Part, types: readonly string[]): Odd[] => {
  if (!isReference(part.name)) return []
  if (
    types.includes('integer') ||
    types.includes('number') ||
    typeof (part.in === 'body' ? part.value : '') === 'number'
  )
    return [{ value: 2_000_000_011, note: 'the id of nothing' }]
  return []
}

const PATHS: readonly Odd[] = [
  { value: 'not-an-id', note: 'a text that is no id' },
  { value: '0', note: 'zero' },
  { value: '-1', note: 'a negative number' },
  { value: '99999999999999999999', note: 'more than 64 bits hold' },
  { value: 'plim\u0000soll', note: 'a NUL character' },
  { value: NOBODY, note: 'the id of nothing' },
]

/** Odd values for a part that its schema allows, the ones that stores refuse first; all of them where it says no type. */
export const oddValues = (part: Part, schemas: Schemas): Odd[] => {
  const shape = plain(part.schema, schemas.definitions)
  if (shape === null || part.in === 'header') return []
  const types = typesOf(shape)
  const free =
    types.length === 0 && shape.enum === undefined && shape.anyOf === undefined && shape.oneOf === undefined
  const found: Odd[] = [
    ...references(part, types),
    ...(part.in === 'path' ? PATHS : []),
    ...(types.includes('integer') || types.includes('number') ? WHOLE : []),
    ...(types.includes('number') ? FRACTIONS : []),
    ...(types.includes('string') ? ofText(shape.format) : []),
    ...(types.includes('array') ? [{ value: [], note: 'an empty list' }] : []),
    ...(types.includes('null') ? [{ value: null, note: 'null' }] : []),
    ...(free && part.in !== 'path' ? [...TEXTS, ...(part.in === 'body' ? ANY : []), ...WHOLE] : []),
  ]
  return found.filter(({ value }) => schemas.check(part.schema, value).length === 0)
}

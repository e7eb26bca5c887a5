import fc from 'fast-check'
import { finite, type Shape } from './shape.ts'

/** Longer texts say little more, and cost time. */
const USUAL_LENGTH = 24
const LONGEST = 20_000

const two = (value: number) => String(value).padStart(2, '0')

const day = fc
  .record({
    year: fc.integer({ min: 1971, max: 2037 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map((at) => `${at.year}-${two(at.month)}-${two(at.day)}`)

const clock = fc
  .record({
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    second: fc.integer({ min: 0, max: 59 }),
  })
  .map((at) => `${two(at.hour)}:${two(at.minute)}:${two(at.second)}`)

const word = fc.stringMatching(/^[a-z][a-z0-9]{2,11}$/)

/** Plain forms that every reader of the format takes: what is odd about a format is not what is looked for here. */
const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: word.map((name) => `${name}@example.com`),
  'idn-email': word.map((name) => `${name}@example.com`),
  uuid: fc.uuid({ version: 4 }),
  date: day,
  time: clock.map((at) => `${at}Z`),
  'date-time': fc.tuple(day, clock).map(([date, at]) => `${date}T${at}.000Z`),
  duration: fc.integer({ min: 1, max: 59 }).map((minutes) => `PT${minutes}M`),
  uri: word.map((name) => `https://example.com/${name}`),
  url: word.map((name) => `https://example.com/${name}`),
  'uri-reference': word.map((name) => `/${name}`),
  hostname: word.map((name) => `${name}.example.com`),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  byte: fc.base64String({ minLength: 4, maxLength: 24 }),
  'json-pointer': word.map((name) => `/${name}`),
  regex: word,
}

/** Printable, with now and then a letter that takes more than one byte. */
const LETTERS = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789') },
  { weight: 1, arbitrary: fc.constantFrom(' ', '-', '_', '.', "'", '"', '%', '&', '/', '\\', '<', ';') },
  { weight: 1, arbitrary: fc.constantFrom('é', 'ß', '中', '🙂', '\u200b') },
)

const matching = (pattern: string): fc.Arbitrary<string> | null => {
  for (const flags of ['u', '']) {
    try {
      return fc.stringMatching(new RegExp(pattern, flags))
    } catch {
      // Not every expression of other languages is one here, and not every one here can be generated from.
    }
  }
  return null
}

/** Texts for a shape: by its format, its pattern, or else its length. */
export const textsFor = (shape: Shape): fc.Arbitrary<string> => {
  const format = typeof shape.format === 'string' ? FORMATS[shape.format] : undefined
  if (format !== undefined) return format
  const found = typeof shape.pattern === 'string' ? matching(shape.pattern) : null
  if (found !== null) return found
  const minLength = Math.min(Math.max(0, finite(shape.minLength) ?? 0), LONGEST)
  const most = finite(shape.maxLength) ?? Math.max(USUAL_LENGTH, minLength + 8)
  return fc.string({ unit: LETTERS, minLength, maxLength: Math.max(minLength, Math.min(most, LONGEST)) })
}

const WRONG: Readonly<Record<string, string>> = {
  email: 'no-address',
  'idn-email': 'no-address',
  uuid: 'no-uuid',
  date: 'no-date',
  time: 'no-time',
  'date-time': 'no-moment',
  duration: 'no-duration',
  uri: 'no uri at all',
  url: 'no url at all',
  hostname: '-no host-',
  ipv4: '999.1.1.1',
  ipv6: 'no:address',
}

/** A text that is not of the format, whoever reads it; null for a format that is not known here. */
export const notOfFormat = (format: unknown): string | null =>
  typeof format === 'string' ? (WRONG[format] ?? null) : null

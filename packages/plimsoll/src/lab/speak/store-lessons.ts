import type { StatementRecord } from '../../model/evidence.ts'
import type { Lesson } from './lesson.ts'

/** What PostgreSQL says of a value that its type cannot read, and what to send instead, in turn. */
const WANTED: Readonly<Record<string, readonly Lesson['type'][]>> = {
  '22P02': ['number', 'uuid', 'boolean'],
  '22003': ['number'],
  '42804': ['number', 'boolean'],
  '22007': ['date'],
  '22008': ['date'],
}

type Leaf = { path: string[]; value: unknown }

const leavesIn = (value: unknown, path: string[] = []): Leaf[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, inner]) => leavesIn(inner, [...path, key]))
    : [{ path, value }]

/** A text of ours that says nothing in particular, or one of the types that were tried before. */
const next = (value: unknown, types: readonly Lesson['type'][]): Lesson['type'] => {
  if (typeof value === 'number') return types.includes('uuid') ? 'uuid' : null
  if (typeof value !== 'string') return null
  return /^[0-9a-f]{8}-/i.test(value) ? (types.includes('boolean') ? 'boolean' : null) : (types[0] ?? null)
}

/**
 * What a refusal by the store itself tells, though the API hid it behind a 500: fields whose values went into a
 * statement as they were, and which the store could not read.
 * @param sent the body as it went out
 */
export const lessonsFromStore = (sent: unknown, refused: readonly StatementRecord[]): Lesson[] =>
  refused.flatMap(({ sqlstate, parameters }) => {
    const types = sqlstate === undefined ? undefined : WANTED[sqlstate]
    if (types === undefined) return []
    return leavesIn(sent)
      .filter(({ value }) => parameters.includes(String(value)))
      .map(({ path, value }) => ({ path, type: next(value, types), oneOf: null, unwanted: false }))
      .filter(({ type }) => type !== null)
  })

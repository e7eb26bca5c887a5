import { expect, test } from 'vitest'
import type { Changes, Outcome, Reference } from './outcome.ts'
import { type Footing, weigh } from './weigh.ts'

const set = (from: string, to: string): Changes => ({
  accounts: { removed: [{ value: from }], added: [{ value: to }] },
})
const log = (...rows: string[]): Changes => ({
  entries: { removed: [], added: rows.map((outcome) => ({ outcome })) },
})
const outcome = (a: number | null, b: number | null, changes: Changes): Outcome => ({
  accepted: { A: a !== null && a < 400, B: b !== null && b < 400 },
  statuses: { A: a, B: b },
  changes,
})
const references: Reference[] = [
  { order: 'A, then B', ...outcome(201, 201, { ...set('100', '98'), ...log('done', 'done') }) },
  { order: 'B, then A', ...outcome(201, 201, { ...set('100', '98'), ...log('done', 'done') }) },
  { order: 'A alone', ...outcome(201, null, { ...set('100', '99'), ...log('done') }) },
  { order: 'B alone', ...outcome(null, 201, { ...set('100', '99'), ...log('done') }) },
  { order: 'neither', ...outcome(null, null, {}) },
]

const footing: Footing = { read: new Set(['public.accounts']), writtenFirst: new Set() }

test.each([
  ['a journal says that one was refused', 409, 201, '99', ['done', 'refused'], 'explained'],
  ['a journal says that one tried again', 201, 201, '98', ['done', 'done', 'again'], 'explained'],
  ['an effect is there once too often', 201, 201, '98', ['done', 'done', 'done'], 'rows'],
  ['a refused request leaves what an accepted one does', 409, 201, '99', ['done', 'done'], 'traces'],
  ['wrong rows elsewhere', 201, 201, '99', ['done', 'done'], 'rows'],
  ['an error says neither yes nor no: done', 503, 201, '98', ['done', 'done'], 'explained'],
  ['an error says neither yes nor no: not done', 503, 201, '99', ['done'], 'explained'],
  ['no answer, and half of it done', null, 201, '98', ['done'], 'rows'],
  ['right rows, wrong answers', 409, 201, '98', ['done', 'done'], 'answers'],
] as const)('%s', (_name, a, b, balance, rows, expected) => {
  const got = outcome(a, b, { ...set('100', balance), ...log(...rows) })
  expect(weigh(got, references, footing)).toBe(expected)
})

test('a table that is looked at is no journal', () => {
  const got = outcome(409, 201, { ...set('100', '99'), ...log('done', 'refused') })
  expect(weigh(got, references, { ...footing, read: new Set(['accounts', 'entries']) })).toBe('rows')
})

test('what is written before anything is looked at is left by refused requests in any order', () => {
  const got = outcome(409, 201, { ...set('100', '99'), ...log('done', 'done') })
  expect(weigh(got, references, { ...footing, writtenFirst: new Set(['entries']) })).toBe('explained')
})

test.each([
  ['an entry too many in a table that tells what happened', [201, 201], 'events', 3, '98', 'journal'],
  ['two entries where one is told no', [201, 409], 'audit_log', 2, '99', 'answers'],
  ['the change itself is wrong', [201, 201], 'events', 3, '97', 'rows'],
  ['no name of a journal', [201, 201], 'credits', 3, '98', 'rows'],
] as const)('%s', (_name, [a, b], table, entries, balance, expected) => {
  const told = (count: number) => ({
    [table]: { removed: [], added: Array.from({ length: count }, () => ({ what: 'done' })) },
  })
  const count = b === 201 ? 2 : 1
  const serial: Reference = {
    order: 'A, then B',
    ...outcome(a, b, { ...set('100', b === 201 ? '98' : '99'), ...told(count) }),
  }
  const got = outcome(201, 201, { ...set('100', balance), ...told(entries) })
  expect(weigh(got, [serial], footing)).toBe(expected)
})

test('a journal that is looked at stays one', () => {
  const told = (count: number) => ({
    events: { removed: [], added: Array.from({ length: count }, () => ({ what: 'deleted' })) },
  })
  const serial: Reference = { order: 'A, then B', ...outcome(200, 404, { ...set('1', '0'), ...told(1) }) }
  const got = outcome(200, 200, { ...set('1', '0'), ...told(2) })
  expect(weigh(got, [serial], { ...footing, read: new Set(['events']) })).toBe('answers')
})

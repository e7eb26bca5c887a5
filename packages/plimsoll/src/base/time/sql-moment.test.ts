import { expect, test } from 'vitest'
import { parseMoment } from './sql-moment.ts'

test.each([
  ['2026-03-01 11:59:58.123+00', '2026-03-01T11:59:58.123Z'],
  ['2026-03-01 11:59:58', '2026-03-01T11:59:58.000Z'],
  ['2026-03-01T12:00:01Z', '2026-03-01T12:00:01.000Z'],
  ['2026-03-01 12:00:00-05:30', '2026-03-01T17:30:00.000Z'],
  ['2026-03-01', null],
  ['2026-13-41 99:99:99', null],
  ['100', null],
])('%s is %s', (text, iso) => {
  const at = parseMoment(text)
  expect(at === null ? null : new Date(at).toISOString()).toBe(iso)
})

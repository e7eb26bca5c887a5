import { expect, test } from 'vitest'
import { partsOf, SUBJECTS, subjectOf } from './subjects.ts'

test.each([
  [undefined, { hits: true, drains: true, exhaustion: true }],
  [['waiting'], { hits: false, drains: false, exhaustion: true }],
  [['refill', 'connections'], { hits: false, drains: true, exhaustion: true }],
  [['transactions'], { hits: true, drains: false, exhaustion: false }],
] as const)('%o is decided by %o', (keys, parts) => {
  expect(partsOf(keys?.map((key) => subjectOf('postgres', SUBJECTS[key])))).toEqual(parts)
})

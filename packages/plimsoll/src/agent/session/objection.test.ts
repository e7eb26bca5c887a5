import { expect, test } from 'vitest'
import type { Change } from '../obligations/changes/change.ts'
import { objectionTo } from './objection.ts'

const change = (word: string, what: string): Change => ({
  ...{ change: word, what, place: null, kinds: ['contract'], operations: [], lines: [] },
})
const gone = change('removed route', 'POST /bookings')
const handler = change('changed handler', 'POST /bookings')

test.each<[string, boolean, Change[], string | null]>([
  ['Fix the race in POST /bookings.', false, [], 'The task asks for a change, and no file was changed.'],
  [
    'Fix the race in POST /bookings.',
    true,
    [],
    'The task asks for a change of POST /bookings, and nothing was changed that an operation depends on.',
  ],
  ['Fix the race in POST /bookings.', true, [handler], null],
  [
    'Fix the race in POST /bookings.',
    true,
    [gone],
    'POST /bookings is served no more, and the task does not ask for that.',
  ],
  ['Remove POST /bookings.', true, [gone], null],
  ['Rename bookings to reservations.', true, [gone, change('new route', 'POST /reservations')], null],
  [
    'Tidy the seats.',
    true,
    [change('removed route', 'GET /seats/:id'), change('new route', 'GET /seats/:seatId')],
    null,
  ],
  ['Describe POST /bookings in the README.', true, [], null],
  ['Add a test of POST /bookings.', true, [], null],
  ['write a note', true, [], null],
  ['How many routes?', false, [], null],
])('%s (worked on: %s)', (task, isWorkedOn, changes, expected) => {
  expect(objectionTo({ task, asked: task, isWorkedOn, changes })).toBe(expected)
})

test('what an earlier task of the session asked to remove may be gone', () => {
  const facts = { task: 'Fix the race in GET /seats.', isWorkedOn: true, changes: [gone] }
  expect(objectionTo({ ...facts, asked: 'Remove POST /bookings.\nFix the race in GET /seats.' })).toBeNull()
})

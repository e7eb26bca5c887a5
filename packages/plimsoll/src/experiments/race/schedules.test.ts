import { expect, test } from 'vitest'
import type { Schedule } from '../../model/schedule.ts'
import type { StatementFacts } from '../../model/statement-facts.ts'
import { pointsIn, schedulesFor } from './schedules.ts'

const step = (kind: StatementFacts['kind'], table?: string) => ({
  facts: {
    kind,
    reads: kind === 'read' && table ? [{ table, keys: [] }] : [],
    writes: [],
    lock: null,
    isolation: null,
  } satisfies StatementFacts,
})

const transaction = [
  step('begin'),
  step('write', 'sessions'),
  step('read', 'seats'),
  step('write', 'bookings'),
  step('write', 'booking_seats'),
  step('commit'),
]

const say = ({ turns }: Schedule) =>
  turns
    .map(({ actor, until }) => `${actor} ${until === 'end' ? 'end' : `${until.before} ${until.nth}`}`)
    .join(' · ')

test('the places to hold at come after the read that the write rests on', () => {
  expect(pointsIn(transaction, ['seats'])).toEqual([
    { before: 'write', nth: 2 },
    { before: 'write', nth: 3 },
    { before: 'commit', nth: 1 },
  ])
})

test('one operation with itself: the likeliest order first, roles not exchanged', () => {
  expect(schedulesFor(transaction, transaction, ['seats'], true).map(say)).toEqual([
    'A write 2 · B end · A end',
    'A write 2 · B write 2 · A end · B end',
    'A write 3 · B end · A end',
    'A commit 1 · B end · A end',
  ])
})

test('two operations: both may come between', () => {
  const simple = [step('read', 'seats'), step('write', 'seats')]
  expect(schedulesFor(transaction, simple, ['seats'], false).map(say)).toEqual([
    'A write 2 · B end · A end',
    'B write 1 · A end · B end',
    'A write 2 · B write 1 · A end · B end',
    'A write 3 · B end · A end',
    'A commit 1 · B end · A end',
  ])
})

test('no more than two preemptions', () => {
  for (const { turns } of schedulesFor(transaction, transaction, ['seats'], false))
    expect(turns.length).toBeLessThanOrEqual(4)
})

test('nothing to hold at without a read before', () => {
  expect(schedulesFor([step('write', 'seats')], [step('write', 'seats')], ['seats'], true)).toEqual([])
})

import { expect, test } from 'vitest'
import type { Exchange } from '../../model/evidence.ts'
import type { Changes } from './outcome.ts'
import { learnFrom, outcomeFrom, type SerialRun } from './serial.ts'

const answer = (status: number): Exchange => ({
  ...{ method: 'POST', path: '/orders', status, body: '' },
  ...{ requestHeaders: {}, headers: {}, atMs: 0, durationMs: 1 },
})
const rows = (table: string, ...added: Record<string, string>[]): Changes => ({
  [table]: { added, removed: [] },
})
const run = (changes: Changes, status = 201): SerialRun => ({
  order: 'A, then B',
  answers: { A: answer(201), B: answer(status) },
  changes,
  atEpochMs: 0,
})

test('what moves with time is masked once an order ran at another time', () => {
  const quick = [
    run(rows('sessions', { id: '1', ends: '1800000000' })),
    run(rows('sessions', { id: '1', ends: '1800000000' })),
  ]
  const learnt = learnFrom(quick, true)
  const again = learnFrom([...quick, run(rows('sessions', { id: '1', ends: '1800000002' }))], true)
  if ('unstable' in learnt || 'unstable' in again) throw new Error('both are stable')
  const late = run(rows('sessions', { id: '1', ends: '1800000001' }))
  expect(outcomeFrom(late, learnt).changes).not.toEqual(learnt.references[0]?.changes)
  expect(outcomeFrom(late, again).changes).toEqual(again.references[0]?.changes)
})

test('a table that a job fills does not count', () => {
  const order = rows('orders', { id: '1' })
  const learnt = learnFrom(
    [
      run({ ...order, ...rows('ticks', { n: '1' }) }),
      run({ ...order, ...rows('ticks', { n: '1' }, { n: '2' }) }),
    ],
    true,
  )
  if ('unstable' in learnt) throw new Error('it is stable')
  expect([...learnt.tables]).toEqual(['orders'])
  expect([...learnt.unsteady]).toEqual(['ticks'])
})

test('a table that any request writes to does not count', () => {
  const both = run({ ...rows('orders', { id: '1' }), ...rows('visits', { n: '2' }) })
  const learnt = learnFrom([both, both], true, new Set(['visits']))
  expect('tables' in learnt && [...learnt.tables]).toEqual(['orders'])
})

test.each([
  ['other answers', 409, /do not always get the same answers/],
  ['a rate limit', 429, /limits the rate/],
])('%s to the same', (_name, status, reason) => {
  const learnt = learnFrom([run({}), run({}, status)], true)
  expect('unstable' in learnt && learnt.unstable).toMatch(reason)
})

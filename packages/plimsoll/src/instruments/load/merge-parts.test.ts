import { expect, test } from 'vitest'
import { createHistogram, histogramOf } from '../../base/stats/histogram.ts'
import { mergeParts } from './merge-parts.ts'
import type { LoadPart } from './messages.ts'
import { planFor } from './test-target.ts'

const plan = planFor({ host: '127.0.0.1', port: 1 })
const times = { startedAtMs: 7, startMs: 1_000 }

const histogram = (values: readonly number[]) => {
  const made = createHistogram()
  for (const us of values) made.record(us)
  return made.data()
}

const part = (lateness: readonly number[], changes: Partial<LoadPart> = {}): LoadPart => ({
  operations: [
    {
      name: 'GET /',
      meant: 3,
      answered: 2,
      statuses: { 200: 1, 500: 1 },
      errors: { timeout: 1 },
      slow: 1,
      latency: histogram([100, 200]),
      service: histogram([90, 190]),
      bytes: 10,
    },
  ],
  lateness: histogram(lateness),
  ticks: [{ atMs: 0, meant: 3, good: 1, slow: 1, failed: 2, open: 1 }],
  cpuMs: 2,
  connectionsOpened: 4,
  sendingMs: 500,
  endedAtMs: 1_600,
  refused: null,
  ...changes,
})

test('shares are added up without loss', () => {
  const result = mergeParts(plan, [part([10]), part([20], { endedAtMs: 1_700 })], times, null)
  expect(result).toMatchObject({
    startedAtMs: 7,
    durationMs: 700,
    sendingMs: 500,
    ticks: [{ atMs: 0, meant: 6, good: 2, slow: 2, failed: 4, open: 2 }],
    cpuMs: 4,
    connectionsOpened: 8,
    refused: null,
  })
  expect(result.operations[0]).toMatchObject({
    meant: 6,
    answered: 4,
    statuses: { 200: 2, 500: 2 },
    errors: { timeout: 2 },
    bytes: 20,
  })
  const [operation] = result.operations
  expect(operation && histogramOf(operation.latency)).toMatchObject({ count: 4, minUs: 100, maxUs: 200 })
  expect(histogramOf(result.lateness)).toMatchObject({ count: 2, minUs: 10, maxUs: 20 })
})

test('a generator that was late is refused, with figures', () => {
  const late = Array.from({ length: 100 }, (_, index) => (index < 98 ? 200 : 5_000))
  expect(mergeParts(plan, [part(late)], times, null).refused).toMatch(
    /^the generator was late: of 100 requests, half left within 0\.20 ms .* 99 % within 5\.00 ms/,
  )
  expect(mergeParts(plan, [part([...late.slice(0, 98), 200, 5_000])], times, null).refused).toBeNull()
})

test('what one thread refuses, or the end of one, refuses the whole', () => {
  expect(mergeParts(plan, [part([1]), part([1], { refused: 'full' })], times, null).refused).toBe('full')
  const dead = mergeParts(plan, [], times, 'the generator stopped')
  expect(dead).toMatchObject({ refused: 'the generator stopped', cpuMs: null, durationMs: 0, ticks: [] })
  expect(dead.operations).toMatchObject([{ name: 'GET /', meant: 0, answered: 0 }])
})

test('what this side of the connection lacked is not the target', () => {
  const [operation] = part([1]).operations
  const short = part([1], { operations: operation ? [{ ...operation, errors: { EADDRNOTAVAIL: 2 } }] : [] })
  expect(mergeParts(plan, [short], times, null).refused).toBe(
    'the generator ran out of ports: EADDRNOTAVAIL, 2 times',
  )
})

test('processor time that one thread cannot tell is not told', () => {
  expect(mergeParts(plan, [part([1]), part([1], { cpuMs: null })], times, null).cpuMs).toBeNull()
})

import { expect, test } from 'vitest'
import { createHistogram } from '../../base/stats/histogram.ts'
import type { Window } from '../../lab/load/window.ts'
import { growthOf, isLost, quantileInterval, weighWindow } from './weigh-window.ts'

type Tick = Window['load']['ticks'][number]

const LIMITS = { slowMs: 200, slowShare: 0.01, failedShare: 0.001 }

const ticks = (count: number, make: (index: number) => Partial<Tick>): Tick[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ atMs: index * 100, meant: 100, good: 100, slow: 0, failed: 0, open: 10 },
    ...make(index),
  }))

const windowOf = (all: Tick[]): Window => ({
  arrivals: { kind: 'poisson', ratePerSecond: 1_000 },
  load: {
    ...{ startedAtMs: 0, durationMs: 2_000, sendingMs: 2_000, operations: [], ticks: all },
    ...{
      lateness: createHistogram().data(),
      cpuMs: null,
      connectionsOpened: 8,
      refused: null,
      onlyLate: false,
    },
  },
  gauge: {
    ...{ durationMs: 2_000, cores: 2, appCores: null, appBusiestThread: null, appMemoryMb: null },
    ...{ appDescriptors: null, storeCores: null, ownCores: null, foreignCores: null, stolenCores: null },
    ...{ pressure: null, throttledMs: null, unmeasured: [] },
  },
  sentinel: null,
  sessions: null,
})

const wobble = (index: number) => Math.round(6 * Math.sin(index * 2.1))

test.each<[string, (index: number) => Partial<Tick>, number, string]>([
  ['quick', () => ({}), 20, 'inside'],
  ['a slow one now and then', (index) => ({ slow: index % 10 === 0 ? 1 : 0 }), 20, 'inside'],
  ['one clump of slow ones', (index) => ({ slow: index === 15 || index === 16 ? 12 : 0 }), 30, 'undecided'],
  ['slow all the time', (index) => ({ slow: 30 + wobble(index) }), 20, 'outside'],
  ['failing', (index) => ({ failed: 4 + (index % 3) }), 20, 'outside'],
  ['a queue that grows', (index) => ({ open: 10 + 12 * index + wobble(index) }), 20, 'outside'],
  ['a queue that wanders', (index) => ({ open: 20 + 2 * wobble(index) }), 20, 'inside'],
  ['few requests, all quick', () => ({ meant: 4 }), 15, 'inside'],
  ['few requests, one in forty slow', (index) => ({ meant: 4, slow: index === 3 ? 1 : 0 }), 10, 'undecided'],
  ['few requests, most of them slow', () => ({ meant: 2, slow: 2 }), 12, 'outside'],
])('%s', (_, make, count, side) => {
  expect(weighWindow(windowOf(ticks(count, make)), 1_000, LIMITS).side).toBe(side)
})

test('few requests are trusted less, and slow ones less where the generator was late', () => {
  const trust = (meant: number) =>
    weighWindow(windowOf(ticks(10, () => ({ meant }))), 1_000, LIMITS).reliability
  expect(trust(2)).toBeLessThan(trust(20))
  expect(trust(20)).toBeLessThan(trust(200))
  const slow = windowOf(ticks(20, () => ({ slow: 30 })))
  expect(weighWindow(slow, 1_000, LIMITS, true).reliability).toBeLessThan(
    weighWindow(slow, 1_000, LIMITS).reliability,
  )
})

test('the words say what decided', () => {
  const grown = windowOf(ticks(20, (index) => ({ open: 10 + 14 * index })))
  expect(weighWindow(grown, 1_000, LIMITS).why).toBe('the queue grew by 140 requests a second')
  expect(weighWindow(windowOf(ticks(20, () => ({ slow: 30 }))), 1_000, LIMITS).why).toBe(
    '30 % of 2,000 requests were slow',
  )
})

test('a queue is judged by what it is beside the rate, and not in the first moments', () => {
  const grown = ticks(20, (index) => ({ open: 10 + 12 * index }))
  expect(growthOf(grown, 1_000, 200).growing).toBe(true)
  expect(growthOf(grown, 10_000, 200).growing).toBe(false)
  expect(growthOf(grown.slice(0, 8), 1_000, 200).growing).toBe(false)
})

test('a window is ended early only where nothing brings it inside', () => {
  const lost = isLost(1_000, LIMITS)
  expect(lost(ticks(12, (index) => ({ open: 10 + 14 * index })))).toBe(true)
  expect(isLost(1_000, LIMITS)(ticks(12, () => ({})))).toBe(false)
  expect(isLost(1_000, LIMITS)(ticks(12, () => ({ slow: 60 })))).toBe(true)
})

test('an interval of p99 holds it, and needs requests beyond it', () => {
  const histogram = createHistogram()
  for (let ms = 1; ms <= 2_000; ms += 1) histogram.record(ms * 100)
  const [low, high] = quantileInterval(histogram, 0.99, 2_000) ?? [0, 0]
  expect(low).toBeLessThan(198)
  expect(high).toBeGreaterThan(198)
  expect(quantileInterval(histogram, 0.99, 100)).toBeNull()
})

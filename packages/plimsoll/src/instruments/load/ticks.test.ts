import { expect, test } from 'vitest'
import type { LoadTick } from './load.ts'
import { createTicks } from './ticks.ts'

const GOOD = { isGood: true, isSlow: false, hasFailed: false }
const LOST = { isGood: false, isSlow: true, hasFailed: true }

const begin = (durationMs: number) => {
  const told: LoadTick[] = []
  return { told, ticks: createTicks(durationMs, (tick) => told.push(tick)) }
}

test('a tick is told once its time is over, with what was unanswered then', () => {
  const { told, ticks } = begin(300)
  ticks.begin(10)
  ticks.begin(99.9)
  ticks.begin(100)
  ticks.end(10, GOOD)
  expect(ticks.isOver(99)).toBe(false)
  ticks.roll(99)
  expect(told).toEqual([])
  ticks.roll(120)
  expect(told).toEqual([{ atMs: 0, meant: 2, good: 1, slow: 0, failed: 0, open: 1 }])
  ticks.begin(150)
  ticks.end(99.9, LOST)
  ticks.roll(310)
  expect(told.slice(1)).toEqual([
    { atMs: 100, meant: 2, good: 0, slow: 0, failed: 0, open: 2 },
    { atMs: 200, meant: 0, good: 0, slow: 0, failed: 0, open: 2 },
  ])
  ticks.end(100, GOOD)
  ticks.end(150, { isGood: false, isSlow: false, hasFailed: true })
  expect(ticks.finish()).toEqual([
    { atMs: 0, meant: 2, good: 1, slow: 1, failed: 1, open: 1 },
    { atMs: 100, meant: 2, good: 1, slow: 0, failed: 1, open: 2 },
    { atMs: 200, meant: 0, good: 0, slow: 0, failed: 0, open: 2 },
  ])
})

test('what left and was answered before its tick began is not open in the one before', () => {
  const { told, ticks } = begin(200)
  ticks.begin(50)
  ticks.begin(100.3)
  ticks.end(100.3, GOOD)
  ticks.roll(100)
  expect(told[0]).toMatchObject({ meant: 1, open: 1 })
})

test('a run that was stopped has the ticks in which something was meant', () => {
  const { ticks } = begin(60_000)
  ticks.begin(10)
  ticks.begin(150)
  ticks.roll(105)
  expect(ticks.finish().map(({ atMs, meant }) => [atMs, meant])).toEqual([
    [0, 1],
    [100, 1],
  ])
})

test('a timer that wakes early or late loses nothing', () => {
  const { ticks } = begin(100)
  ticks.begin(-0.4)
  ticks.begin(100.2)
  expect(ticks.finish().map(({ meant }) => meant)).toEqual([2])
})

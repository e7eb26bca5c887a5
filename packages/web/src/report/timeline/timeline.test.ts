import { expect, test } from 'vitest'
import { crash, restart, slow } from '../../../../../test/support/sample-run/timelines.ts'
import { layOutTimeline, stepFor } from './layout.ts'
import { summariseTimeline } from './summarise.ts'

test.each([280, 360, 720, 1200])('everything stays inside the drawing at %i pixels', (width) => {
  for (const timeline of [crash, slow, restart]) {
    const { lanes, bands, plot, height, seconds } = layOutTimeline(timeline, width)
    for (const dot of lanes.flatMap((lane) => lane.dots)) {
      expect(dot.x).toBeGreaterThanOrEqual(plot.left)
      expect(dot.x).toBeLessThanOrEqual(plot.right)
      expect(dot.y).toBeLessThanOrEqual(height)
    }
    for (const lane of lanes) for (const dot of lane.dots) expect(dot.y).toBeGreaterThanOrEqual(lane.top)
    for (const band of bands) expect(band.x + band.width).toBeLessThanOrEqual(plot.right + 0.001)
    expect(seconds.length).toBeGreaterThan(1)
  }
})

test('captions never touch each other', () => {
  const { bands, marks } = layOutTimeline(crash, 360)
  const boxes = [...bands, ...marks].map(({ caption }) => caption)
  for (const a of boxes) {
    for (const b of boxes) {
      if (a === b || a.y !== b.y) continue
      const [first, second] = a.x < b.x ? [a, b] : [b, a]
      expect(first.x + first.text.length * 6).toBeLessThan(second.x)
    }
  }
})

test('slower is higher, on a log scale', () => {
  const requests = [1, 10, 100, 1_000].map((durationMs) => ({
    atMs: 0,
    durationMs,
    label: 'GET /',
    status: 200,
  }))
  const [lane] = layOutTimeline({ durationMs: 1_000, requests, bands: [], marks: [] }, 400).lanes
  const gaps = lane?.dots.map((dot, index, all) => (all[index - 1]?.y ?? dot.y) - dot.y).slice(1) ?? []
  expect(new Set(gaps.map((gap) => gap.toFixed(3))).size).toBe(1)
  expect(gaps[0]).toBeGreaterThan(0)
})

test('many kinds of requests share the last lane', () => {
  const requests = ['a', 'b', 'c', 'd', 'e'].map((label) => ({ atMs: 0, durationMs: 1, label, status: 200 }))
  const { lanes } = layOutTimeline({ durationMs: 10, requests, bands: [], marks: [] }, 400)
  expect(lanes.map((lane) => lane.label)).toEqual(['a', 'b', 'c', '2 more'])
})

test('an empty timeline is drawn too', () => {
  expect(layOutTimeline({ durationMs: 0, requests: [], bands: [], marks: [] }, 300).lanes).toEqual([])
})

test('the steps of the axis are round', () => {
  expect([stepFor(9_000, 300), stepFor(24_000, 700), stepFor(90_000, 700)]).toEqual([5_000, 5_000, 20_000])
})

test('says in words what the chart shows', () => {
  expect(summariseTimeline(crash)).toEqual([
    'GET /rooms: 15 ok, 2 errors (500), 43 without an answer (ECONNREFUSED); slowest 32 ms. No good answer after the fault.',
    'GET /: 6 ok, 17 without an answer (ECONNREFUSED); slowest 19 ms. No good answer after the fault.',
  ])
  expect(summariseTimeline(restart)[0]).toMatch(/First good answer \d+ ms after the fault\.$/)
})

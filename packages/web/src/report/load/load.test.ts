import { expect, test } from 'vitest'
import { course, growth, latencies, load, overloaded } from '../../../../../test/support/sample-run/load.ts'
import { layOutCourse } from './course-layout.ts'
import { layOutGrowth } from './growth-layout.ts'
import { latencyAxis, layOutLatency } from './latency-layout.ts'
import { layOutLoad } from './load-layout.ts'
import { type Plot, pathThrough, roundSteps, thin } from './scale.ts'

const WIDTHS = [280, 360, 720, 1_200]

const within = ({ left, right, top, bottom }: Plot, { x, y }: { x: number; y: number }) =>
  x >= left - 0.01 && x <= right + 0.01 && y >= top - 0.01 && y <= bottom + 0.01

test.each(WIDTHS)('load stays inside its drawing at %i pixels', (width) => {
  for (const chart of [load, overloaded]) {
    const { plot, good, points, mark, limitY, height } = layOutLoad(chart, width)
    for (const { x, medianY, p99Y, goodY, interval } of points) {
      expect(within(plot, { x, y: medianY }) && within(plot, { x, y: p99Y })).toBe(true)
      expect(within(good, { x, y: goodY })).toBe(true)
      for (const y of interval ?? []) expect(within(plot, { x, y })).toBe(true)
    }
    expect(within(plot, { x: mark?.x ?? plot.left, y: limitY })).toBe(true)
    expect(good.bottom).toBeLessThan(height)
  }
})

test('the mark stands at its rate, its interval around it, and beyond begins there', () => {
  const { points, mark, beyondX } = layOutLoad(load, 720)
  const xOf = (rate: number) => points.find(({ point }) => point.ratePerSecond === rate)?.x ?? Number.NaN
  expect(mark?.from).toBeCloseTo(xOf(1_290))
  expect(mark?.to).toBeCloseTo(xOf(1_390))
  expect(mark?.x).toBe(beyondX)
  expect(beyondX).toBeGreaterThan(xOf(1_290))
  expect(beyondX).toBeLessThan(xOf(1_345))
})

test('without a line there is no mark, and everything is beyond', () => {
  const { mark, beyondX, plot } = layOutLoad(overloaded, 720)
  expect(mark).toBeNull()
  expect(beyondX).toBe(plot.left)
  const open = layOutLoad({ ...load, line: null }, 720)
  expect(open.beyondX).toBeCloseTo(open.points.find(({ point }) => point.side === 'outside')?.x ?? 0)
  const safe = { ...load, line: null, points: load.points.filter(({ side }) => side === 'inside') }
  expect(layOutLoad(safe, 720).beyondX).toBe(layOutLoad(safe, 720).plot.right)
})

test('every pixel belongs to the nearest point', () => {
  const { points, plot } = layOutLoad(load, 720)
  expect(points[0]?.from).toBe(plot.left)
  expect(points.at(-1)?.to).toBe(plot.right)
  for (const [index, { from }] of points.entries()) {
    if (index > 0) expect(from).toBe(points[index - 1]?.to)
  }
})

test('a chart of one point is drawn, with and without a line', () => {
  const [point] = load.points
  for (const line of [load.line, null]) {
    const chart = layOutLoad({ ...load, points: point === undefined ? [] : [point], line }, 360)
    expect(chart.points).toHaveLength(1)
    const { x = Number.NaN, medianY, p99Y, goodY, from, to } = chart.points[0] ?? {}
    expect([x, medianY, p99Y, goodY, from, to].every(Number.isFinite)).toBe(true)
    expect(from).toBeLessThanOrEqual(x)
    expect(to).toBeGreaterThanOrEqual(x)
  }
})

test('a chart of nothing is drawn too', () => {
  expect(layOutLoad({ slowMs: 200, points: [], line: null, constraint: null }, 300).points).toEqual([])
  expect(layOutGrowth({ slowMs: 200, operations: [] }, 300).curves).toEqual([])
  expect(layOutCourse({ atSeconds: [], series: [] }, 300).lanes).toEqual([])
})

test.each(WIDTHS)('a histogram stays inside its drawing at %i pixels', (width) => {
  const axis = latencyAxis(latencies)
  for (const operation of latencies.operations) {
    const { plot, bars } = layOutLatency(operation, { axis, slowMs: 200, width })
    expect(bars.length).toBeGreaterThan(10)
    for (const bar of bars) {
      expect(bar.width).toBeCloseTo(bars[0]?.width ?? 0)
      expect(bar.x).toBeGreaterThanOrEqual(plot.left)
      expect(bar.x + bar.width).toBeLessThanOrEqual(plot.right + 0.5)
      expect(bar.y).toBeGreaterThanOrEqual(plot.top - 0.01)
    }
    expect(Math.max(...bars.map(({ height }) => height))).toBeCloseTo(plot.bottom - plot.top)
  }
})

test('buckets of any width become bars of one, and one request in thousands is seen', () => {
  const fine = Array.from({ length: 400 }, (_, index): [number, number] => [10 * 1.005 ** index, 5])
  const coarse = Array.from({ length: 8 }, (_, index): [number, number] => [10 * 1.284 ** (index + 1), 250])
  const operation = (buckets: [number, number][]) => ({
    ...{ name: 'GET /', n: 2_001, p50Ms: 27, p90Ms: 60, p99Ms: 70, maxMs: 900 },
    buckets: [...buckets, [900, 1] as [number, number]],
  })
  for (const buckets of [fine, coarse]) {
    const it = operation(buckets)
    const axis = latencyAxis({ ratePerSecond: 1, slowMs: 200, operations: [it] })
    const { bars } = layOutLatency(it, { axis, slowMs: 200, width: 400 })
    const heights = bars.slice(1, -4).map(({ height }) => height)
    expect(Math.min(...heights)).toBeGreaterThan(60)
    expect(bars.at(-1)).toMatchObject({ height: 1.5, slow: true })
    expect(bars.filter(({ slow }) => slow).length).toBeLessThan(6)
  }
})

test('a power law is a straight line, and names never touch', () => {
  const { curves } = layOutGrowth(growth, 1_000)
  const dots = curves[0]?.dots ?? []
  const slopes = dots
    .slice(1)
    .map(({ x, y }, index) => (y - (dots[index]?.y ?? 0)) / (x - (dots[index]?.x ?? 0)))
  expect((slopes[0] ?? 0) / (slopes[1] ?? 1)).toBeCloseTo(1, 1)
  const [operation] = growth.operations
  if (operation === undefined) throw new Error('no operation')
  const many = Array.from({ length: 14 }, (_, index) => ({ ...operation, name: `GET /${index}` }))
  const labels = layOutGrowth({ ...growth, operations: many }, 1_000)
    .curves.map(({ labelY }) => labelY)
    .sort((a, b) => a - b)
  for (const [index, y] of labels.entries()) {
    if (index > 0) expect(y - (labels[index - 1] ?? 0)).toBeGreaterThanOrEqual(14)
  }
})

test.each(WIDTHS)('a course stays in its lanes at %i pixels', (width) => {
  for (const { dots, plot } of layOutCourse(course, width).lanes) {
    for (const dot of dots) if (dot !== null) expect(within(plot, dot)).toBe(true)
  }
})

test('a line that hardly moves does not look like a mountain', () => {
  const [lane] = layOutCourse(
    { atSeconds: [0, 1, 2], series: [{ name: 'memory', unit: 'MB', values: [1_000, 1_001, 1_000] }] },
    400,
  ).lanes
  const ys = (lane?.dots ?? []).map((dot) => dot?.y ?? 0)
  expect(Math.max(...ys) - Math.min(...ys)).toBeLessThan(2)
})

test('a gap where nothing was had', () => {
  expect(pathThrough([{ x: 0, y: 0 }, { x: 1, y: 1 }, null, { x: 3, y: 3 }])).toBe('M0.0 0.0L1.0 1.0M3.0 3.0')
})

test('steps are round, and ticks keep apart', () => {
  expect(roundSteps(2_090, 700, 90)).toEqual([0, 500, 1_000, 1_500, 2_000])
  expect(roundSteps(0.7, 300, 100)).toEqual([0, 0.5])
  expect(
    thin(
      [0, 10, 30, 35].map((at) => ({ at, text: String(at) })),
      15,
    ).map(({ at }) => at),
  ).toEqual([0, 30])
})

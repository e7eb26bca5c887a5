import type { Course, Growth, Latencies, LoadChart } from '../../../packages/plimsoll/src/model/evidence.ts'

type Point = LoadChart['points'][number]
type Row = [
  rate: number,
  p50: number,
  p99: number,
  slow: number,
  failed: number,
  side: Point['side'],
  step: Point['step'],
]

/** Rate a second, milliseconds, shares, as seven windows of one search saw them. */
const TRIED: readonly Row[] = [
  [100, 4.1, 9.8, 0, 0, 'inside', 'ramp'],
  [200, 4.2, 11.4, 0, 0, 'inside', 'ramp'],
  [400, 4.6, 17.9, 0, 0, 'inside', 'ramp'],
  [800, 6.2, 41.3, 0.000_4, 0, 'inside', 'ramp'],
  [1_131, 11.8, 96.5, 0.001_8, 0, 'inside', 'search'],
  [1_290, 21.4, 158, 0.006_1, 0, 'inside', 'search'],
  [1_345, 27.9, 192, 0.009_2, 0, 'undecided', 'search'],
  [1_390, 41.6, 268, 0.018_7, 0, 'outside', 'search'],
  [1_600, 904, 2_310, 0.714, 0.002, 'outside', 'ramp'],
  [2_010, 2_480, 5_200, 0.962, 0.241, 'outside', 'beyond'],
]

const point = ([ratePerSecond, p50Ms, p99Ms, slowShare, failedShare, side, step]: Row): Point => ({
  ...{ ratePerSecond, p50Ms, p99Ms, slowShare, failedShare, side, step },
  goodPerSecond: Math.round(Math.min(ratePerSecond, 1_490) * (1 - failedShare)),
  p99IntervalMs: [Math.round(p99Ms * 9.2) / 10, Math.round(p99Ms * 11) / 10],
  n: Math.round(ratePerSecond * 8),
})

/** A pool of ten connections is what it runs out of first. */
export const load: LoadChart = {
  slowMs: 200,
  points: TRIED.map(point),
  line: { ratePerSecond: 1_340, interval: [1_290, 1_390] },
  constraint: 'the pool of 10',
}

/** Even at the lowest rate it is too slow: there is nowhere to draw the mark. */
export const overloaded: LoadChart = {
  slowMs: 200,
  points: [
    point([10, 180, 640, 0.31, 0, 'outside', 'ramp']),
    point([20, 410, 1_900, 0.88, 0.01, 'outside', 'ramp']),
  ],
  line: null,
  constraint: 'the event loop',
}

/** A hump on a log axis with a tail to the right, in `count` requests. */
const humps = (medianMs: number, spread: number, count: number): [number, number][] =>
  Array.from({ length: 44 }, (_, index): [number, number] => {
    const upToMs = Number((0.5 * 1.2 ** index).toPrecision(3))
    const away = Math.log(upToMs / medianMs) / (sideOf(upToMs, medianMs) * spread)
    return [upToMs, Math.round((count * 0.2 * Math.exp(-(away ** 2) / 2)) / spread)]
  }).filter(([, many]) => many > 0)

const sideOf = (ms: number, medianMs: number) => (ms > medianMs ? 1.7 : 1)

type Timed = [name: string, n: number, p50: number, p90: number, p99: number, max: number, spread: number]

const OPERATIONS: readonly Timed[] = [
  ['GET /rooms', 5_402, 28.4, 96, 204, 388, 0.5],
  ['GET /rooms/:id', 5_377, 9.6, 41.2, 118, 246, 0.55],
  ['GET /bookings', 5_391, 14.9, 62, 161, 301, 0.52],
  ['POST /bookings', 5_398, 31.2, 104, 196, 412, 0.45],
]

export const latencies: Latencies = {
  ratePerSecond: 1_340,
  slowMs: 200,
  operations: OPERATIONS.map(([name, n, p50Ms, p90Ms, p99Ms, maxMs, spread]) => ({
    ...{ name, n, p50Ms, p90Ms, p99Ms, maxMs },
    buckets: humps(p50Ms, spread, n).filter(([ms]) => ms < maxMs * 1.2),
  })),
}

const grown = (name: string, exponent: number, firstMs: number, bytes: number) => ({
  name,
  exponent,
  interval: [exponent - 0.06, exponent + 0.07] as [number, number],
  points: [1_000, 10_000, 100_000].map((rows) => ({
    rows,
    p50Ms: Number((firstMs * (rows / 1_000) ** exponent).toPrecision(3)),
    bytes: Math.round(bytes * (exponent > 0.5 ? rows / 1_000 : 1)),
    n: 60,
  })),
})

export const growth: Growth = {
  slowMs: 200,
  operations: [
    grown('GET /rooms', 0.97, 8.2, 61_000),
    grown('GET /bookings', 0.11, 3.1, 4_100),
    grown('GET /rooms/:id', 0.02, 1.6, 320),
  ],
}

const MOMENTS = Array.from({ length: 61 }, (_, index) => index)

/** A wave that every run has, so that the lines are not straight. */
const wave = (index: number, height: number) => height * Math.sin(index * 1.7) * Math.cos(index * 0.6)

export const course: Course = {
  atSeconds: MOMENTS.map((index) => index * 10),
  series: [
    {
      name: 'memory of the app',
      unit: 'MB',
      values: MOMENTS.map((index) => Math.round(112 + index * 1.15 + wave(index, 5))),
    },
    {
      name: 'open descriptors',
      unit: '',
      values: MOMENTS.map((index) => 41 + Math.round(Math.abs(wave(index, 3)))),
    },
    { name: 'connections to postgres', unit: '', values: MOMENTS.map(() => 10) },
    {
      name: 'p99',
      unit: 'ms',
      values: MOMENTS.map((index) => (index === 17 ? null : Math.round(48 + wave(index, 9)))),
    },
  ],
}

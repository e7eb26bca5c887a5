import type { Shape } from './shapes.ts'

/** Arrivals of an open loop at a constant rate. */
export type Schedule = { ratePerSecond: number; seconds: number }

export const PARTS = [0.5, 0.9, 0.99, 0.999] as const

/** One figure for each of PARTS, milliseconds. */
export type Quantiles = readonly number[]

/** An answer of the server: when it was to leave and when it did, in the order of `dueMs`. */
export type Answer = { dueMs: number; sentMs: number }

/** The values which at least these parts of all do not exceed. */
export const quantilesOf = (values: readonly number[]): Quantiles => {
  const sorted = values.toSorted((one, other) => one - other)
  return PARTS.map((part) => sorted[Math.max(0, Math.ceil(sorted.length * part - 1e-9) - 1)] ?? Number.NaN)
}

const arrivals = (shape: Shape, { ratePerSecond, seconds }: Schedule) =>
  Array.from({ length: Math.round(ratePerSecond * seconds) }, (_, index) => {
    const atMs = (index * 1000) / ratePerSecond
    return { atMs, releaseMs: shape.releaseMs(atMs, index) }
  })

/** What those who arrive as meant have to wait, by the shape alone. */
export const analyticTruth = (shape: Shape, schedule: Schedule): Quantiles =>
  quantilesOf(arrivals(shape, schedule).map(({ atMs, releaseMs }) => releaseMs - atMs))

/** Index of the first answer due at that time or later; the last one for none. */
const indexFrom = (answers: readonly Answer[], atMs: number): number => {
  let [low, high] = [0, answers.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((answers[middle]?.dueMs ?? 0) < atMs) low = middle + 1
    else high = middle
  }
  return low
}

/** The same with the lateness that the server had at the time of each answer: tells a late server from a wrong figure. */
export const realisedTruth = (shape: Shape, schedule: Schedule, answers: readonly Answer[]): Quantiles =>
  quantilesOf(
    arrivals(shape, schedule).map(({ atMs, releaseMs }) => {
      const near = answers[indexFrom(answers, releaseMs)]
      return releaseMs - atMs + (near ? Math.max(0, near.sentMs - near.dueMs) : 0)
    }),
  )

/** The largest |reported − truth| / truth; NaN where nothing was reported. */
export const worstError = (reported: Quantiles, truth: Quantiles): number =>
  Math.max(...truth.map((value, index) => Math.abs((reported[index] ?? Number.NaN) - value) / value))

import { normalQuantile } from './distributions.ts'
import { medianOf, quantileOf } from './quantile.ts'

export type Slope = {
  /** median of the slopes between all pairs of points; NaN of fewer than two */
  slope: number
  /** of the slope, with the confidence asked for; infinite of fewer than four points */
  interval: [number, number]
  /** the values rise, or fall, more than chance would have it */
  significant: boolean
  n: number
}

const tied = (values: readonly number[]): number => {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()].reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0)
}

const pairs = (xs: readonly number[], ys: readonly number[]) => {
  const slopes: number[] = []
  let score = 0
  for (let i = 0; i < xs.length; i += 1) {
    for (let j = i + 1; j < xs.length; j += 1) {
      const run = (xs[j] ?? 0) - (xs[i] ?? 0)
      const rise = (ys[j] ?? 0) - (ys[i] ?? 0)
      if (run === 0) continue
      slopes.push(rise / run)
      score += Math.sign(rise) * Math.sign(run)
    }
  }
  return { slopes: slopes.sort((a, b) => a - b), score }
}

/**
 * How fast values rise or fall: the slope of Theil and Sen with Sen's interval (JASA 63, 1968), and the test of Mann and
 * Kendall with ties and continuity (normal approximation; fewer than four points are never significant). One wild value
 * in four moves neither much. Points are taken for independent: where neighbours resemble each other, give the medians
 * of stretches. Takes time with the square of the points: some hundreds are right.
 */
export const slopeOf = (xs: readonly number[], ys: readonly number[], confidence = 0.95): Slope => {
  const n = Math.min(xs.length, ys.length)
  const { slopes, score } = pairs(xs.slice(0, n), ys.slice(0, n))
  const slope = medianOf(slopes)
  if (n < 4 || slopes.length === 0) {
    return { slope, interval: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], significant: false, n }
  }
  const variance = Math.max(0, (n * (n - 1) * (2 * n + 5) - tied(ys.slice(0, n))) / 18)
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(variance)
  const rank = (count: number) => quantileOf(slopes, Math.min(1, Math.max(0, count / (slopes.length - 1))))
  return {
    slope,
    interval: [rank((slopes.length - reach) / 2 - 1), rank((slopes.length + reach) / 2)],
    significant: Math.abs(score) - 1 > reach && variance > 0,
    n,
  }
}

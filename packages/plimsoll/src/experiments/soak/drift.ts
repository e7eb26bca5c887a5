import { medianOf } from '../../base/stats/quantile.ts'
import { slopeOf } from '../../base/stats/trend.ts'

export type Drift = {
  n: number
  /** median of the second half */
  level: number
  perHour: number
  /** of `perHour`, 95 % */
  interval: [number, number]
  /** from the beginning to the end of the second half, along the trend */
  rise: number
  /** hours until it has doubled, along the trend, its upper and its lower end; infinite where it does not rise */
  hours: number
  soonestHours: number
  latestHours: number
  rising: boolean
}

const SECONDS_AN_HOUR = 3_600

const hoursToDouble = (level: number, perHour: number) =>
  perHour <= 0 ? Number.POSITIVE_INFINITY : level / perHour

/** How a figure moves in the second half of the time, when caches and compilers have settled; null of too few values. */
export const driftOf = (atSeconds: readonly number[], values: readonly (number | null)[]): Drift | null => {
  const pairs = atSeconds.flatMap((at, index) => {
    const value = values[index]
    return value === null || value === undefined ? [] : [{ at, value }]
  })
  const half = pairs.slice(Math.floor(pairs.length / 2))
  if (half.length < 6) return null
  const xs = half.map(({ at }) => at)
  const ys = half.map(({ value }) => value)
  const { slope, interval, significant } = slopeOf(xs, ys)
  const level = medianOf(ys)
  const perHour = slope * SECONDS_AN_HOUR
  const [low, high] = interval
  return {
    n: half.length,
    level,
    perHour,
    interval: [low * SECONDS_AN_HOUR, high * SECONDS_AN_HOUR],
    rise: slope * ((xs.at(-1) ?? 0) - (xs[0] ?? 0)),
    hours: hoursToDouble(level, perHour),
    soonestHours: hoursToDouble(level, high * SECONDS_AN_HOUR),
    latestHours: hoursToDouble(level, low * SECONDS_AN_HOUR),
    rising: significant && low > 0,
  }
}

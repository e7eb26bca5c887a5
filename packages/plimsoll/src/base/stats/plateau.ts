import { medianOf } from './quantile.ts'
import { slopeOf } from './trend.ts'

export type PlateauOptions = {
  /** change that does not matter, as a share of the level; default 0.05 */
  tolerance?: number
  /** of the newest values, those that are looked at; even, default 6 */
  recent?: number
}

/** Middle distance between neighbours, made comparable to a standard deviation; a slow trend hardly moves it. */
const noiseOf = (values: readonly number[]): number =>
  medianOf(values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)))) / 0.954

/**
 * Whether a row of figures (throughput, or the median latency, of windows of equal length, oldest first) has stopped
 * moving: the newest values show no trend that is both beyond chance and beyond the tolerance, and the medians of their
 * two halves differ by no more than the tolerance, or than their own noise makes likely. False of too few values.
 */
export const isSteady = (
  values: readonly number[],
  { tolerance = 0.05, recent = 6 }: PlateauOptions = {},
): boolean => {
  if (values.length < recent) return false
  const newest = values.slice(-recent)
  const level = Math.abs(medianOf(newest))
  const half = recent / 2
  const moved = Math.abs(medianOf(newest.slice(half)) - medianOf(newest.slice(0, half)))
  const { slope, significant } = slopeOf([...newest.keys()], newest, 0.9)
  const trending = significant && Math.abs(slope) * (recent - 1) > tolerance * level
  return !trending && moved <= Math.max(tolerance * level, noiseOf(newest))
}

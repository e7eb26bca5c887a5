import { createRandom } from '../random/random.ts'
import { medianOf, quantileOf } from './quantile.ts'

export type PowerPoint = {
  /** rows, for instance; above 0 */
  x: number
  /** what was measured there, several times; above 0 */
  ys: readonly number[]
}

const RESAMPLES = 1_000

const leastSquares = (xs: readonly number[], ys: readonly number[]): number => {
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length
  const meanY = ys.reduce((sum, y) => sum + y, 0) / ys.length
  const products = xs.reduce((sum, x, index) => sum + (x - meanX) * ((ys[index] ?? meanY) - meanY), 0)
  const squares = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0)
  return products / squares
}

/**
 * The exponent e of y ~ x^e: least squares through the logarithms of the median at each x, and an interval from drawing
 * the measurements at each x again (bootstrap, percentile). The interval speaks of the noise of the measurements, not of
 * whether the growth is a power at all: a part of y that does not grow hides what does while x is small. NaN of fewer
 * than two different x.
 */
export const exponentOf = (
  points: readonly PowerPoint[],
  seed: number,
  confidence = 0.95,
): { exponent: number; interval: [number, number] } => {
  const random = createRandom(seed)
  const usable = points
    .map(({ x, ys }) => ({ logX: Math.log(x), logYs: ys.filter((y) => y > 0).map(Math.log) }))
    .filter(({ logX, logYs }) => Number.isFinite(logX) && logYs.length > 0)
  const xs = usable.map(({ logX }) => logX)
  const draw = ({ logYs }: { logYs: readonly number[] }) =>
    medianOf(logYs.map((own) => random.pick(logYs) ?? own))
  const exponent = leastSquares(
    xs,
    usable.map(({ logYs }) => medianOf(logYs)),
  )
  const drawn = Array.from({ length: RESAMPLES }, () => leastSquares(xs, usable.map(draw)))
  return {
    exponent,
    interval: [quantileOf(drawn, (1 - confidence) / 2), quantileOf(drawn, (1 + confidence) / 2)],
  }
}

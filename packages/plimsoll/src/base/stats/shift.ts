import { normalQuantile } from './distributions.ts'
import { medianOf } from './quantile.ts'
import { signedRankCut } from './signed-ranks.ts'

export type Shift = {
  /** how much the second lies above the first; NaN of nothing */
  shift: number
  /** infinite where there are too few values for the confidence asked for */
  interval: [number, number]
  /** pairs */
  n: number
  method: 'exact' | 'normal'
}

/** How many times the first the second is, with its interval. */
export type RatioShift = { ratio: number; interval: [number, number]; n: number; method: Shift['method'] }

const EXACT_PAIRS = 60

const normalCut = (mean: number, variance: number, confidence: number): number =>
  Math.max(0, Math.floor(mean - normalQuantile((1 + confidence) / 2) * Math.sqrt(variance)))

/** From the `cut`-th smallest to the `cut`-th largest. */
const between = (sorted: readonly number[], cut: number): [number, number] => [
  cut === 0 ? Number.NEGATIVE_INFINITY : (sorted[cut - 1] ?? Number.NEGATIVE_INFINITY),
  cut === 0 ? Number.POSITIVE_INFINITY : (sorted[sorted.length - cut] ?? Number.POSITIVE_INFINITY),
]

/**
 * By how much paired values differ (second less first): the estimate of Hodges and Lehmann, the median of the averages of
 * all pairs of differences, with the interval that belongs to Wilcoxon's signed ranks (exact up to 60 pairs). One wild
 * pair in four moves it little. At 95 % it takes six pairs, at 99 % eight.
 */
export const pairedShift = (pairs: readonly (readonly [number, number])[], confidence: number): Shift => {
  const differences = pairs.map(([first, second]) => second - first)
  const n = differences.length
  const averages = differences
    .flatMap((a, index) => differences.slice(index).map((b) => (a + b) / 2))
    .sort((a, b) => a - b)
  const exact = n <= EXACT_PAIRS
  const cut = exact
    ? signedRankCut(n, confidence)
    : normalCut((n * (n + 1)) / 4, (n * (n + 1) * (2 * n + 1)) / 24, confidence)
  return {
    shift: medianOf(averages),
    interval: between(averages, cut),
    n,
    method: exact ? 'exact' : 'normal',
  }
}

/** How many times the first the second is, of pairs of values above 0. */
export const pairedRatio = (
  pairs: readonly (readonly [number, number])[],
  confidence: number,
): RatioShift => {
  const logarithms = pairs.map(([first, second]): [number, number] => [Math.log(first), Math.log(second)])
  const { shift, interval, n, method } = pairedShift(logarithms, confidence)
  const [low, high] = interval
  return { ratio: Math.exp(shift), interval: [Math.exp(low), Math.exp(high)], n, method }
}

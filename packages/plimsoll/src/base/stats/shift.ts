import { normalQuantile } from './distributions.ts'
import { medianOf } from './quantile.ts'
import { rankSumCut, signedRankCut } from './rank-counts.ts'

export type Shift = {
  /** how much the second lies above the first; NaN of nothing */
  shift: number
  /** infinite where there are too few values for the confidence asked for */
  interval: [number, number]
  /** pairs, or values of both samples */
  n: number
  method: 'exact' | 'normal'
}

/** How many times the first the second is, with its interval. */
export type RatioShift = { ratio: number; interval: [number, number]; n: number; method: Shift['method'] }

const EXACT_PAIRS = 60
const EXACT_PRODUCT = 900

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

/** The same of two samples that are not paired: the median of all differences, with the interval of Mann and Whitney. */
export const sampleShift = (
  first: readonly number[],
  second: readonly number[],
  confidence: number,
): Shift => {
  const [n, m] = [first.length, second.length]
  const differences = second.flatMap((b) => first.map((a) => b - a)).sort((a, b) => a - b)
  const exact = n * m <= EXACT_PRODUCT
  const cut = exact
    ? rankSumCut(n, m, confidence)
    : normalCut((n * m) / 2, (n * m * (n + m + 1)) / 12, confidence)
  return {
    shift: medianOf(differences),
    interval: between(differences, cut),
    n: n + m,
    method: exact ? 'exact' : 'normal',
  }
}

const asRatio = ({ shift, interval: [low, high], n, method }: Shift): RatioShift => ({
  ratio: Math.exp(shift),
  interval: [Math.exp(low), Math.exp(high)],
  n,
  method,
})

/** How many times the first the second is, of pairs of values above 0. */
export const pairedRatio = (pairs: readonly (readonly [number, number])[], confidence: number): RatioShift =>
  asRatio(
    pairedShift(
      pairs.map(([first, second]): [number, number] => [Math.log(first), Math.log(second)]),
      confidence,
    ),
  )

/** The same of two samples that are not paired. */
export const sampleRatio = (
  first: readonly number[],
  second: readonly number[],
  confidence: number,
): RatioShift => asRatio(sampleShift(first.map(Math.log), second.map(Math.log), confidence))

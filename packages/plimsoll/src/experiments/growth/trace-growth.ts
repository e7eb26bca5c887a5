import { exponentOf } from '../../base/stats/power-law.ts'
import { medianOf, quantileOf } from '../../base/stats/quantile.ts'
import type { AtSize, Operation } from './seen.ts'

/** How something grows with the rows. */
export type Trend = {
  exponent: number
  interval: [number, number]
  n: number
  first: number
  last: number
  /** at least three times as much, and the quartiles far apart */
  isClear: boolean
}

/** Fewer answers at a size say nothing. */
const FEWEST = 3
export const CLEAR = 3
const SEED = 1

const trendOf = (points: readonly { x: number; ys: readonly number[] }[]): Trend => {
  const { exponent, interval } = exponentOf(points, SEED)
  const first = points[0]?.ys ?? []
  const last = points.at(-1)?.ys ?? []
  return {
    exponent,
    interval,
    n: points.reduce((sum, { ys }) => sum + ys.length, 0),
    first: medianOf(first),
    last: medianOf(last),
    isClear: medianOf(last) >= CLEAR * medianOf(first) && quantileOf(last, 0.25) > quantileOf(first, 0.75),
  }
}

export type Traced = {
  points: AtSize[]
  first: AtSize
  last: AtSize
  time: Trend
  /** of the answer, of the rows that the store gave for it, and of the statements it took; 0 where they stay */
  bytes: number
  rows: number
  statements: number
  /** of the statement that is the cause */
  cause: Trend | null
  /** medians of all statements of a request together, milliseconds */
  store: { first: number; last: number }
}

const totals = (size: AtSize, of: 'rows' | 'times') =>
  size.statements.reduce((sum, statement) => sum + statement[of], 0)

const storeMs = ({ statements }: AtSize) =>
  statements.reduce((sum, { ms }) => sum + (ms.length === 0 ? 0 : medianOf(ms)), 0)

/** An operation over its sizes; null where there are not two to compare, or the rows did not grow between them. */
export const trace = ({ sizes, cause }: Operation): Traced | null => {
  const points = sizes.filter(({ ms, failed }) => ms.length >= FEWEST && failed === null)
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined || last.rows < 5 * first.rows) return null
  const between = (from: number, to: number) =>
    from <= 0 || to <= 0 ? 0 : Math.log(to / from) / Math.log(last.rows / first.rows)
  const timesOf = (size: AtSize) =>
    size.statements.find(({ shape }) => shape === cause?.example.shape)?.ms.filter((ms) => ms > 0) ?? []
  const causePoints = points
    .map((size) => ({ x: size.rows, ys: timesOf(size) }))
    .filter(({ ys }) => ys.length >= FEWEST)
  return {
    points,
    first,
    last,
    time: trendOf(points.map(({ rows, ms }) => ({ x: rows, ys: ms }))),
    bytes: between(first.bytes, last.bytes),
    rows: between(totals(first, 'rows'), totals(last, 'rows')),
    statements: between(totals(first, 'times'), totals(last, 'times')),
    store: { first: storeMs(first), last: storeMs(last) },
    cause: causePoints.length === points.length ? trendOf(causePoints) : null,
  }
}

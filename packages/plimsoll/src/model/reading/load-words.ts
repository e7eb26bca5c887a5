import { formatDigits, formatDuration, formatNumber } from '../../base/text/numbers.ts'
import type { LoadChart } from '../evidence.ts'

export type LoadPoint = LoadChart['points'][number]

/** Rates to three digits, small ones to two: no measurement of them is finer. */
export const formatRate = (perSecond: number): string => formatDigits(perSecond, perSecond >= 100 ? 3 : 2)

/** `(1,290–1,390)`, without the unit that the value before it has. */
export const formatSpan = ([low, high]: readonly [number, number]): string =>
  `(${formatRate(low)}–${formatRate(high)})`

/** `0.12 %` */
export const formatShare = (share: number): string => `${formatDigits(share * 100, 2)} %`

/** `1,200/s: p50 14 ms, p99 143 ms (131 ms–158 ms), 0.4 % slow, 0 % failed, n = 12,000` */
export const tellPoint = (point: LoadPoint): string => {
  const interval =
    point.p99IntervalMs === null ? '' : ` (${point.p99IntervalMs.map(formatDuration).join('–')})`
  return [
    `${formatRate(point.ratePerSecond)}/s: p50 ${formatDuration(point.p50Ms)}`,
    `p99 ${formatDuration(point.p99Ms)}${interval}`,
    `${formatShare(point.slowShare)} slow`,
    `${formatShare(point.failedShare)} failed`,
    `n = ${formatNumber(point.n)}`,
  ].join(', ')
}

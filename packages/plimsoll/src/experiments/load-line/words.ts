import { formatNumber } from '../../base/text/numbers.ts'
import type { Seen } from './seen.ts'

/** Rates to three digits: no measurement of them is finer. */
export const rate = (perSecond: number): string =>
  formatNumber(perSecond >= 100 ? Number(perSecond.toPrecision(3)) : Number(perSecond.toPrecision(2)))

/** `1,340/s (1,290–1,400)` */
export const span = ({ ratePerSecond, interval: [low, high] }: NonNullable<Seen['line']>): string =>
  `${rate(ratePerSecond)}/s (${rate(low)}–${rate(high)})`

export const percent = (share: number): string => `${formatNumber(Number((share * 100).toPrecision(2)))} %`

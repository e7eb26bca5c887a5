import { formatDuration, formatNumber } from '../../base/text/numbers.ts'
import type { Growth } from '../evidence.ts'
import { alignColumns } from './columns.ts'

export type GrowthOperation = Growth['operations'][number]

/** `0.97`, `−0.04` */
export const formatExponent = (exponent: number): string => exponent.toFixed(2).replace('-', '−')

/** `0.97 (0.91 to 1.04)`: a dash would read as a minus. */
export const tellExponent = ({ exponent, interval }: GrowthOperation): string =>
  `${formatExponent(exponent)} (${interval.map(formatExponent).join(' to ')})`

/** `1,000: 4.1 ms`; empty where nothing was measured. */
const ends = ({ points }: GrowthOperation): string[] =>
  [points[0], points.at(-1)].map((it) =>
    it === undefined ? '' : `${formatNumber(it.rows)}: ${formatDuration(it.p50Ms)}`,
  )

/** A table, the fastest growing first: exponent, and the median with the fewest and the most rows. */
export const drawGrowth = ({ operations }: Growth, width: number): string[] => [
  ...alignColumns(
    [
      ['operation', 'exponent', 'fewest rows', 'most rows'],
      ...operations
        .toSorted((a, b) => b.exponent - a.exponent)
        .map((it) => [it.name, tellExponent(it), ...ends(it)]),
    ],
    { width },
  ),
  '',
  'exponent 0: it stays the same; 1: ten times the rows take ten times as long',
]

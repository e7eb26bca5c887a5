import { formatDuration, formatNumber } from '../../base/text/numbers.ts'
import type { Latencies } from '../evidence.ts'
import { alignColumns } from './columns.ts'
import { formatRate } from './load-words.ts'

/** A table: each operation, how often it was asked, and how long it took. */
export const drawLatencies = ({ ratePerSecond, slowMs, operations }: Latencies, width: number): string[] => [
  ...alignColumns(
    [
      ['operation', 'n', 'p50', 'p90', 'p99', 'max'],
      ...operations.map((it) => [
        it.name,
        formatNumber(it.n),
        ...[it.p50Ms, it.p90Ms, it.p99Ms, it.maxMs].map(formatDuration),
      ]),
    ],
    { width },
  ),
  '',
  `at ${formatRate(ratePerSecond)}/s; slow is ${formatDuration(slowMs)} or more`,
]

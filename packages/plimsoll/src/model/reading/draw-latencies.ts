import { formatDuration, formatNumber } from '../../base/text/numbers.ts'
import { truncate } from '../../base/text/wrap.ts'
import type { Latencies } from '../evidence.ts'
import { alignColumns } from './columns.ts'
import { formatRate } from './load-words.ts'

/** The rest of 76 columns belongs to the figures. */
const NAME_COLUMNS = 28

/** A table: each operation, how often it was asked, and how long it took. */
export const drawLatencies = ({ ratePerSecond, slowMs, operations }: Latencies): string[] => [
  ...alignColumns([
    ['operation', 'n', 'p50', 'p90', 'p99', 'max'],
    ...operations.map((it) => [
      truncate(it.name, NAME_COLUMNS),
      formatNumber(it.n),
      ...[it.p50Ms, it.p90Ms, it.p99Ms, it.maxMs].map(formatDuration),
    ]),
  ]),
  '',
  `at ${formatRate(ratePerSecond)}/s; slow is ${formatDuration(slowMs)} or more`,
]

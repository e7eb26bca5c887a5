import { formatRate, formatSpan } from '../../model/reading/load-words.ts'
import type { Seen } from './seen.ts'

export { formatRate as rate, formatShare as percent } from '../../model/reading/load-words.ts'

/** `1,340/s (1,290–1,400)` */
export const span = ({ ratePerSecond, interval }: NonNullable<Seen['line']>): string =>
  `${formatRate(ratePerSecond)}/s ${formatSpan(interval)}`

import { formatDuration } from '../../base/text/numbers.ts'
import type { Run } from '../run.ts'
import { readLoadLine } from './load-line.ts'
import { formatRate } from './load-words.ts'

export type LoadBadge = {
  label: string
  /** `1,340/s @ p99 200 ms`, `below any rate`, `not measured` */
  message: string
  /** six hexadecimal digits; white letters can be read on it */
  color: string
}

/** The load line as it stands beside the name of a project. */
export const readLoadBadge = (run: Pick<Run, 'verdicts'>): LoadBadge => {
  const label = 'load line'
  const found = readLoadLine(run)
  if (found === null) return { label, message: 'not measured', color: '66707a' }
  const { line, slowMs } = found.load
  if (line === null) return { label, message: 'below any rate', color: 'b3261e' }
  const message = `${formatRate(line.ratePerSecond)}/s @ p99 ${formatDuration(slowMs)}`
  return { label, message, color: '0b5a7d' }
}

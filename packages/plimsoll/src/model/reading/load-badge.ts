import { formatDuration } from '../../base/text/numbers.ts'
import type { LoadChart } from '../evidence.ts'
import type { Run } from '../run.ts'
import { reachOf, readLoadLine } from './load-line.ts'
import { formatRate } from './load-words.ts'

export type LoadBadge = {
  label: string
  /** `1,340/s @ p99 200 ms`, `below any rate`, `not measured` */
  message: string
  /** six hexadecimal digits; white letters can be read on it */
  color: string
}

const COLORS = { found: '0b5a7d', bad: 'b3261e', open: '66707a' } as const

const messageOf = (load: LoadChart): [message: string, color: string] => {
  const within = `@ p99 ${formatDuration(load.slowMs)}`
  if (load.line !== null) return [`${formatRate(load.line.ratePerSecond)}/s ${within}`, COLORS.found]
  const { inside, outside } = reachOf(load)
  if (inside !== null && outside === null)
    return [`over ${formatRate(inside.ratePerSecond)}/s ${within}`, COLORS.found]
  return inside === null && outside !== null ? ['below any rate', COLORS.bad] : ['not found', COLORS.open]
}

/** The load line as it stands beside the name of a project. */
export const readLoadBadge = (run: Pick<Run, 'verdicts'>): LoadBadge => {
  const found = readLoadLine(run)
  const [message, color] = found === null ? ['not measured', COLORS.open] : messageOf(found.load)
  return { label: 'load line', message, color }
}

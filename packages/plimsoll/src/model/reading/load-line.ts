import { formatDuration } from '../../base/text/numbers.ts'
import type { Evidence, LoadChart } from '../evidence.ts'
import type { Run } from '../run.ts'
import type { Verdict } from '../verdict.ts'
import { formatRate, formatShare, formatSpan } from './load-words.ts'

/** The load line of a Run, from the verdict that shows it, whatever that verdict says. */
export type LoadLine = { verdict: Verdict; load: LoadChart }

const chartsOf = (verdict: Verdict): LoadLine[] =>
  verdict.evidence
    .filter((it): it is Extract<Evidence, { kind: 'load' }> => it.kind === 'load')
    .map(({ load }) => ({ verdict, load }))

/** Null when no load was sent: then there is nothing to say, and nothing is said. */
export const readLoadLine = ({ verdicts }: Pick<Run, 'verdicts'>): LoadLine | null => {
  const shown = verdicts.flatMap(chartsOf).filter(({ load }) => load.points.length > 0)
  return shown.find(({ load }) => load.line !== null) ?? shown[0] ?? null
}

/** `p99 < 200 ms` */
export const withinOf = ({ slowMs }: LoadChart): string => `p99 < ${formatDuration(slowMs)}`

/** Why there is no line: `below any rate: at 50/s, the lowest tried, p99 was 340 ms`. */
const tellAbsent = ({ points, slowMs }: LoadChart): string => {
  const [first, ...others] = points
  if (first === undefined) return 'below any rate'
  const lowest = others.reduce((least, it) => (it.ratePerSecond < least.ratePerSecond ? it : least), first)
  const saw =
    lowest.p99Ms >= slowMs
      ? `p99 was ${formatDuration(lowest.p99Ms)}`
      : `${formatShare(lowest.failedShare)} of the requests failed`
  return `below any rate: at ${formatRate(lowest.ratePerSecond)}/s, the lowest tried, ${saw}`
}

/** What it carries, then what limits it: `1,340/s (1,290–1,395) at p99 < 200 ms`, `limited by the pool of 10`. */
export const tellLoad = (load: LoadChart): string[] => {
  const { line, constraint } = load
  const said =
    line === null
      ? tellAbsent(load)
      : `${formatRate(line.ratePerSecond)}/s ${formatSpan(line.interval)} at ${withinOf(load)}`
  return constraint === null ? [said] : [said, `limited by ${constraint}`]
}

import { formatDuration } from '../../base/text/numbers.ts'
import type { Evidence, LoadChart } from '../evidence.ts'
import type { Run } from '../run.ts'
import type { Verdict } from '../verdict.ts'
import { formatRate, formatSpan, type LoadPoint } from './load-words.ts'

/** The load line of a Run, from the verdict that shows it, whatever that verdict says. */
export type LoadLine = {
  verdict: Verdict
  /** null where no rate was inside the standard */
  line: LoadChart['line']
  /** an answer that took this long is slow */
  slowMs: number
  /** what keeps it from carrying more, in a few words; null where that was not found */
  constraint: string | null
  /** by rate, ascending */
  points: readonly LoadPoint[]
}

type Shown = { verdict: Verdict; load: LoadChart }

const chartsOf = (verdict: Verdict): Shown[] =>
  verdict.evidence
    .filter((it): it is Extract<Evidence, { kind: 'load' }> => it.kind === 'load')
    .map(({ load }) => ({ verdict, load }))

/** Null when no load was sent: then there is nothing to say, and nothing is said. */
export const readLoadLine = ({ verdicts }: Pick<Run, 'verdicts'>): LoadLine | null => {
  const shown = verdicts.flatMap(chartsOf).filter(({ load }) => load.points.length > 0)
  const found = shown.find(({ load }) => load.line !== null) ?? shown[0]
  if (found === undefined) return null
  const { line, slowMs, constraint, points } = found.load
  return {
    verdict: found.verdict,
    ...{ line, slowMs, constraint },
    points: points.toSorted((a, b) => a.ratePerSecond - b.ratePerSecond),
  }
}

/** `p99 < 200 ms` */
export const withinOf = ({ slowMs }: Pick<LoadLine, 'slowMs'>): string => `p99 < ${formatDuration(slowMs)}`

/** `limited by the pool of 10`; empty where the limit was not found. */
export const limitOf = ({ constraint }: Pick<LoadLine, 'constraint'>): string =>
  constraint === null ? '' : `limited by ${constraint}`

/** Why there is no line: `below any rate: at 50/s, the lowest tried, p99 was 340 ms`. */
const tellAbsent = ({ points, slowMs }: LoadLine): string => {
  const lowest = points[0]
  if (lowest === undefined) return 'below any rate'
  const saw =
    lowest.p99Ms >= slowMs
      ? `p99 was ${formatDuration(lowest.p99Ms)}`
      : `${formatRate(lowest.failedShare * 100)} % of the requests failed`
  return `below any rate: at ${formatRate(lowest.ratePerSecond)}/s, the lowest tried, ${saw}`
}

/** What it carries, then what limits it: `1,340/s (1,290–1,395) at p99 < 200 ms`, `limited by the pool of 10`. */
export const tellLoadLine = (found: LoadLine): string[] => {
  const said =
    found.line === null
      ? tellAbsent(found)
      : `${formatRate(found.line.ratePerSecond)}/s ${formatSpan(found.line.interval)} at ${withinOf(found)}`
  return [said, limitOf(found)].filter((text) => text !== '')
}

import { formatDuration } from '../../base/text/numbers.ts'
import type { Evidence, LoadChart } from '../evidence.ts'
import type { Run } from '../run.ts'
import type { Verdict } from '../verdict.ts'
import { formatRate, formatShare, formatSpan, type LoadPoint } from './load-words.ts'

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

/** How far the search came where it found no line: the highest rate known to be inside, the lowest known to be outside. */
export const reachOf = ({ points }: LoadChart): { inside: LoadPoint | null; outside: LoadPoint | null } => {
  const ascending = points.toSorted((a, b) => a.ratePerSecond - b.ratePerSecond)
  return {
    inside: ascending.findLast(({ side }) => side === 'inside') ?? null,
    outside: ascending.find(({ side }) => side === 'outside') ?? null,
  }
}

const tellLowest = ({ ratePerSecond, p99Ms, failedShare }: LoadPoint, slowMs: number): string => {
  const saw =
    p99Ms >= slowMs
      ? `p99 was ${formatDuration(p99Ms)}`
      : `${formatShare(failedShare)} of the requests failed`
  return `below any rate: at ${formatRate(ratePerSecond)}/s, the lowest tried, ${saw}`
}

/** Why there is no line: `below any rate: at 50/s, the lowest tried, p99 was 340 ms`. */
const tellAbsent = (load: LoadChart): string => {
  const { inside, outside } = reachOf(load)
  const at = ({ ratePerSecond }: LoadPoint) => `${formatRate(ratePerSecond)}/s`
  if (inside !== null && outside !== null)
    return `not found: inside the standard at ${at(inside)}, outside at ${at(outside)}`
  if (inside !== null) return `above ${at(inside)}, the highest rate tried, at ${withinOf(load)}`
  return outside === null
    ? 'not found: no rate could be called inside the standard or outside'
    : tellLowest(outside, load.slowMs)
}

/** What it carries, then what limits it: `1,340/s (1,290–1,390) at p99 < 200 ms`, `limited by the pool of 10`. */
export const tellLoad = (load: LoadChart): string[] => {
  const { line, constraint } = load
  const said =
    line === null
      ? tellAbsent(load)
      : `${formatRate(line.ratePerSecond)}/s ${formatSpan(line.interval)} at ${withinOf(load)}`
  // What carried every rate that was tried has not met its limit yet.
  const met = line !== null || reachOf(load).outside !== null
  return constraint !== null && met ? [said, `limited by ${constraint}`] : [said]
}

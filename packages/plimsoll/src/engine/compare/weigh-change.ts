import type { RatioShift } from '../../base/stats/shift.ts'
import type { Answer } from './comparison.ts'
import type { Metric } from './metrics.ts'

/** Of the margin, the part that a change must at least be before it is called one. */
const FLOOR = 0.6

type Change = Pick<RatioShift, 'ratio' | 'interval'>

/** Logarithms, turned so that more is worse. */
const harmOf = ({ ratio, interval: [low, high] }: Change, { better }: Pick<Metric, 'better'>) =>
  better === 'lower'
    ? { harm: Math.log(ratio), low: Math.log(low), high: Math.log(high) }
    : { harm: -Math.log(ratio), low: -Math.log(high), high: -Math.log(low) }

/**
 * What B's figure, as a multiple of A's, says. `same`: the whole interval is inside the margin. `worse`: the whole
 * interval is on the bad side, the estimate is at least 0.6 of the margin, and so it is in the median of each round on
 * its own, because two processes of the same code differ for as long as they live. `better`: the same on the good side.
 * @param rounds B's figure as a multiple of A's, one of each round
 * @param margin share, for example 0.05; times the metric's slack
 */
export const weighChange = (
  change: Change,
  rounds: readonly number[],
  metric: Pick<Metric, 'better' | 'slack'>,
  margin: number,
): Answer => {
  const wide = Math.log1p(margin * metric.slack)
  const floor = Math.log1p(margin * metric.slack * FLOOR)
  const { harm, low, high } = harmOf(change, metric)
  const each = rounds.map((ratio) => harmOf({ ratio, interval: [ratio, ratio] }, metric).harm)
  if (low >= -wide && high <= wide) return 'same'
  if (low > 0 && harm >= floor && each.every((round) => round >= floor)) return 'worse'
  if (high < 0 && harm <= -floor && each.every((round) => round <= -floor)) return 'better'
  return "can't tell"
}

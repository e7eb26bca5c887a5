import type { Block } from '../../base/stats/blocks.ts'
import { proportionOfBlocks } from '../../base/stats/blocks.ts'
import { medianOf } from '../../base/stats/quantile.ts'
import { spend } from '../../base/stats/sequential.ts'
import { pairedRatio } from '../../base/stats/shift.ts'
import type { MetricComparison } from './comparison.ts'
import { METRICS, type Metric, type MetricId } from './metrics.ts'
import { weighChange } from './weigh-change.ts'

/** What one block of one side says; null where the system does not tell. */
export type BlockFigures = { [id in MetricId]: number | null } & {
  /** requests at the fixed rate: those that failed, of each tenth of a second */
  failed: readonly Block[]
}

export type Pair = { a: BlockFigures; b: BlockFigures }

/** Pairs measured with the same two processes. */
export type Round = readonly Pair[]

/** A share of errors of all metrics and looks together. */
const ALPHA = 0.05
/** The figures, and failed requests. */
const CLAIMS = METRICS.length + 1

type Values = [number, number]

const valuesOf = (round: Round, id: MetricId): Values[] =>
  round.flatMap(({ a, b }): Values[] => {
    const [first, second] = [a[id], b[id]]
    return first !== null && second !== null && first > 0 && second > 0 ? [[first, second]] : []
  })

const round = (value: number) => (Number.isFinite(value) ? value : null)

const judgeMetric = (
  metric: Metric,
  rounds: readonly Round[],
  confidence: number,
  margin: number,
): MetricComparison => {
  const each = rounds.map((one) => valuesOf(one, metric.id)).filter(({ length }) => length > 0)
  const all = each.flat()
  const { id, title, unit, better } = metric
  const found = pairedRatio(all, confidence)
  const [low, high] = found.interval
  const bounded = all.length > 0 && low > 0 && Number.isFinite(high)
  const ratios = each.map((values) => Math.exp(medianOf(values.map(([a, b]) => Math.log(b / a)))))
  return {
    ...{ id, title, unit, better, confidence, n: all.length },
    answer: bounded ? weighChange(found, ratios, metric, margin) : "can't tell",
    why: all.length === 0 ? 'this system does not tell it' : bounded ? null : 'there are too few pairs',
    a: round(medianOf(all.map(([a]) => a))),
    b: round(medianOf(all.map(([, b]) => b))),
    change: round(found.ratio - 1),
    interval: bounded ? [low - 1, high - 1] : null,
    method: 'median of paired ratios (Hodges and Lehmann), signed ranks',
  }
}

const failedOf = (rounds: readonly Round[], side: keyof Pair): Block[] =>
  rounds.flat().flatMap((pair) => [...pair[side].failed])

/** Where both bounds are below it, neither fails in a way that matters; nor where no request failed at all. */
const FEW_FAIL = 0.01

const judgeFailures = (rounds: readonly Round[], confidence: number): MetricComparison => {
  const bound = 1 - (1 - confidence) / 2
  const a = proportionOfBlocks(failedOf(rounds, 'a'), bound)
  const b = proportionOfBlocks(failedOf(rounds, 'b'), bound)
  const none = a.n > 0 && b.n > 0 && a.bad + b.bad === 0
  const few = none || (a.upper < FEW_FAIL && b.upper < FEW_FAIL)
  const share = (bad: number, n: number) => (n === 0 ? null : bad / n)
  return {
    ...{ id: 'failures', title: 'failed requests', unit: 'share', better: 'lower', confidence },
    answer: b.lower > a.upper ? 'worse' : a.lower > b.upper ? 'better' : few ? 'same' : "can't tell",
    why: null,
    a: share(a.bad, a.n),
    b: share(b.bad, b.n),
    change: null,
    interval: null,
    n: a.n + b.n,
    method: 'bounds of Clopper and Pearson for blocks of 0.1 s',
  }
}

/**
 * Every figure of what was measured until now, at this look (from 1). The probability that any figure of any look is
 * called better or worse although nothing changed is at most 5 %.
 */
export const judgePairs = (rounds: readonly Round[], margin: number, look: number): MetricComparison[] => {
  const confidence = 1 - spend(ALPHA / CLAIMS, look)
  return [
    ...METRICS.map((metric) => judgeMetric(metric, rounds, confidence, margin)),
    judgeFailures(rounds, confidence),
  ]
}

import { proportionOfBlocks } from '../../base/stats/blocks.ts'
import { proportionBounds } from '../../base/stats/clopper-pearson.ts'
import { formatDigits, formatNumber } from '../../base/text/numbers.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Standard } from '../../model/standard.ts'
import { type Figure, inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen, Steady, Timed } from './seen.ts'
import { percent, rate } from './words.ts'

const PROVED_AT = 0.95
/** A verdict that accuses must hold where many operations are judged at once. */
const REFUTED_AT = 0.999

type Bounds = { share: number; upper: number; lower: number; effect: number }

/** Slow answers come in clumps: what one operation shows counts for as little as the clumps of all of them say. */
const boundsOf = ({ slow, n }: Timed, effect: number): Bounds => {
  const bounds = (confidence: number) => proportionBounds(slow / effect, Math.max(1, n / effect), confidence)
  return {
    share: n === 0 ? 0 : slow / n,
    upper: n === 0 ? 1 : bounds(PROVED_AT).upper,
    lower: n === 0 ? 0 : bounds(REFUTED_AT).lower,
    effect,
  }
}

const figureOf = (timed: Timed, bounds: Bounds, at: string, slowMs: number): Figure => ({
  name: `answers of ${timed.name} that take ${formatNumber(slowMs)} ms or more ${at}`,
  value: bounds.share,
  unit: 'proportion',
  n: timed.n,
  interval: [Math.min(bounds.lower, bounds.share), Math.max(bounds.upper, bounds.share)],
  method: `Clopper–Pearson, upper bound 95 %, lower 99.9 %, design effect ${formatDigits(bounds.effect, 2)}; from the moment a request was meant to leave`,
})

const latencies = (operations: readonly Timed[], ratePerSecond: number, slowMs: number): Evidence => ({
  kind: 'latencies',
  title: `Each operation at ${rate(ratePerSecond)} requests a second`,
  latencies: {
    ratePerSecond,
    slowMs,
    operations: operations.map(({ name, n, p50Ms, p90Ms, p99Ms, maxMs, buckets, hdr }) => ({
      ...{ name, n, p50Ms, p90Ms, p99Ms, maxMs, buckets, hdr },
    })),
  },
})

const ms = (value: number) => `${formatDigits(value, 3)} ms`

const told = ({ n, slow, p50Ms, p99Ms }: Timed, at: string, slowMs: number) =>
  `${formatNumber(slow)} of ${formatNumber(n)} took ${formatNumber(slowMs)} ms or more ${at} · median ${ms(p50Ms)}, p99 ${ms(p99Ms)}`

type Circumstances = {
  at: string
  effect: number
  ratePerSecond: number
  noise: string | null
  /** a rate that the service is known to carry, or no load at all */
  carried: boolean
}

const judgeOne = (timed: Timed, seen: Seen, standard: Standard, around: Circumstances): Judgement => {
  const { at, effect, noise, carried } = around
  const limit = standard.threshold.value
  const bounds = boundsOf(timed, effect)
  const said = {
    standard: standard.id,
    subject: timed.name,
    figures: [figureOf(timed, bounds, at, seen.slowMs)],
    evidence: [latencies([timed], around.ratePerSecond, seen.slowMs)],
    notCovered: ['a network between client and service'],
  }
  const detail = told(timed, at, seen.slowMs)
  if (bounds.upper < limit) {
    return proven({
      ...said,
      title: `${timed.name} answers in time ${at}`,
      detail: `${detail}: under ${percent(bounds.upper)} at 95 %`,
    })
  }
  if (bounds.lower <= limit) {
    return inconclusive({
      ...said,
      title: `Whether ${timed.name} answers in time ${at} was not decided`,
      detail,
    })
  }
  if (noise !== null) {
    return inconclusive({
      ...said,
      title: `${timed.name} could not be timed`,
      detail: `${noise} · ${detail}`,
    })
  }
  return refuted({
    ...said,
    title: `${timed.name} is slow ${at}`,
    detail,
    severity: 'medium',
    tier: carried ? 'defect' : 'suspicion',
    repairs: [
      'Look at its statements first: most of the time of a slow route is spent in its store.',
      'Keep synchronous work off the event loop, and bound the size of what it returns.',
    ],
  })
}

const effectOf = ({ ticks }: Steady): number =>
  proportionOfBlocks(
    ticks.map(([n, slow]) => ({ bad: slow, n })),
    PROVED_AT,
  ).designEffect

const atRate = ({ ratePerSecond, chosen }: Steady) =>
  `at ${rate(ratePerSecond)} requests a second${chosen === 'declared' ? ', as declared' : ''}`

const UNDECIDED_SUBJECT = 'response times'

/** Many that were not decided all say the same: one line for all of them, with what each took. */
const together = (undecided: readonly Judgement[], steady: Steady, slowMs: number): Judgement[] => {
  const [first] = undecided
  if (first === undefined || undecided.length === 1) return [...undecided]
  const operations = steady.operations.filter(({ name }) => undecided.some(({ subject }) => subject === name))
  const n = operations.map((timed) => timed.n)
  const fewest = formatNumber(Math.min(...n))
  const slow = operations.reduce((sum, timed) => sum + timed.slow, 0)
  const all = n.reduce((sum, one) => sum + one, 0)
  return [
    inconclusive({
      ...(first.standard !== undefined && { standard: first.standard }),
      subject: UNDECIDED_SUBJECT,
      title: `Whether ${undecided.length} operations answer in time ${atRate(steady)} was not decided`,
      detail: [
        steady.noise,
        `${formatNumber(slow)} of ${formatNumber(all)} took ${formatNumber(slowMs)} ms or more, from ${fewest} of each`,
        undecided.map(({ subject }) => subject).join(', '),
      ]
        .filter((part) => part !== null)
        .join(' · '),
      figures: undecided.flatMap(({ figures }) => figures),
      evidence: [latencies(operations, steady.ratePerSecond, slowMs)],
      notCovered: first.notCovered,
    }),
  ]
}

/** Each operation at the steady rate, and each that is slow although nothing else goes on. */
export const judgeLatency = (seen: Seen, standard: Standard): Judgement[] => {
  const { steady, line } = seen
  const alone = seen.alone.map((timed) =>
    judgeOne(timed, seen, standard, {
      ...{ at: 'alone', effect: 1, ratePerSecond: 1, carried: true },
      noise: timed.noise,
    }),
  )
  if (steady === null) return alone
  const around: Circumstances = {
    at: atRate(steady),
    effect: effectOf(steady),
    ratePerSecond: steady.ratePerSecond,
    noise: steady.noise,
    carried: steady.chosen === 'half the line' || (line !== null && steady.ratePerSecond <= line.interval[0]),
  }
  const judged = steady.operations.map((timed) => judgeOne(timed, seen, standard, around))
  const undecided = judged.filter(({ status }) => status === 'inconclusive')
  return [
    ...alone,
    ...judged.filter(({ status }) => status !== 'inconclusive'),
    ...together(undecided, steady, seen.slowMs),
  ]
}

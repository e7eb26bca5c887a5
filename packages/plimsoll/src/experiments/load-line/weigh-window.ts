import { type Block, proportionOfBlocks } from '../../base/stats/blocks.ts'
import type { Histogram } from '../../base/stats/histogram.ts'
import { createSequentialTest } from '../../base/stats/sequential.ts'
import { slopeOf } from '../../base/stats/trend.ts'
import { formatNumber } from '../../base/text/numbers.ts'
import type { Window } from '../../lab/load/window.ts'
import type { Side } from './seen.ts'
import { percent } from './words.ts'

type Tick = Window['load']['ticks'][number]

/** What is inside: shares of requests, 0..1. */
export type Limits = { slowMs: number; slowShare: number; failedShare: number }

/** Growth of the queue that matters, as a share of the rate: three requests in a hundred never get their turn. */
const GROWTH = 0.03
/** Of the time that is slow, as much of a queue as no service builds up by chance. */
const BACKLOG = 0.25
const FEWEST_OPEN = 8
/** The first tenths of a second fill what is in flight anyway. */
const SETTLING_TICKS = 3
const FEWEST_TICKS = 8

export type Growth = { perSecond: number; growing: boolean }

/**
 * Whether requests arrive faster than they are answered. A queue in balance wanders, so a rise must be beyond chance,
 * large beside the rate, and have led to a queue worth waiting for.
 */
export const growthOf = (ticks: readonly Tick[], ratePerSecond: number, slowMs: number): Growth => {
  const settled = ticks.slice(SETTLING_TICKS)
  if (settled.length < FEWEST_TICKS) return { perSecond: 0, growing: false }
  const { slope, interval, significant } = slopeOf(
    settled.map(({ atMs }) => atMs / 1_000),
    settled.map(({ open }) => open),
    0.99,
  )
  const last = Math.min(...settled.slice(-3).map(({ open }) => open))
  const backlog = Math.max(FEWEST_OPEN, (BACKLOG * ratePerSecond * slowMs) / 1_000)
  return {
    perSecond: slope,
    growing: significant && interval[0] > GROWTH * ratePerSecond && last >= backlog,
  }
}

export const slowBlocks = (ticks: readonly Tick[]): Block[] =>
  ticks.map(({ slow, meant }) => ({ bad: slow, n: meant }))
export const failedBlocks = (ticks: readonly Tick[]): Block[] =>
  ticks.map(({ failed, meant }) => ({ bad: failed, n: meant }))

export type Weighed = { side: Side; reliability: number; why: string }

/** As many slow ones of as many requests, and the window is lost whatever still comes. */
const LOST_SHARE = 0.2
const LOST_COUNT = 20

/** Fewer may be one stall. */
const FEWEST_SLOW = 3

/** The side that few requests point to: the fewer, the less it is worth. */
const leaning = (slow: number, n: number, limit: number): Weighed => {
  const share = n === 0 ? 0 : slow / n
  const why = `${percent(share)} of ${formatNumber(n)} requests were slow`
  const seenIfOutside = 1 - (1 - limit) ** n
  if (share < limit / 3) return { side: 'inside', reliability: 0.55 + 0.4 * seenIfOutside, why }
  if (share > limit * 5 && slow >= LOST_COUNT) return { side: 'outside', reliability: 0.93, why }
  if (share > limit * 3 && slow >= FEWEST_SLOW) return { side: 'outside', reliability: 0.8, why }
  return { side: 'undecided', reliability: 0.85, why }
}

/**
 * On which side of the standard one window was, how sure that is, and why.
 * @param late the generator was a little late: answers are at least as quick as they look, and may be quicker
 */
export const weighWindow = (
  { load }: Window,
  ratePerSecond: number,
  limits: Limits,
  late = false,
): Weighed => {
  const { ticks } = load
  const growth = growthOf(ticks, ratePerSecond, limits.slowMs)
  if (growth.growing) {
    const why = `the queue grew by ${formatNumber(Math.round(growth.perSecond))} requests a second`
    return { side: 'outside', reliability: 0.97, why }
  }
  const failed = createSequentialTest({ limit: limits.failedShare, alpha: 0.02 }).look(failedBlocks(ticks))
  if (failed.side === 'above') {
    return {
      side: 'outside',
      reliability: 0.95,
      why: `${percent(failed.bad / failed.n)} of the requests failed`,
    }
  }
  const slow = createSequentialTest({ limit: limits.slowShare, alpha: 0.05 }).look(slowBlocks(ticks))
  const why = `${percent(slow.n === 0 ? 0 : slow.bad / slow.n)} of ${formatNumber(slow.n)} requests were slow`
  if (slow.side === 'above' && late) return { side: 'outside', reliability: 0.7, why }
  if (slow.side === 'above') return { side: 'outside', reliability: 0.95, why }
  if (slow.side === 'below') return { side: 'inside', reliability: 0.93, why }
  return leaning(slow.bad, slow.n, limits.slowShare)
}

/** Looked at while a window is under way: true when nothing that still comes can bring it inside. */
export const isLost =
  (ratePerSecond: number, limits: Limits) =>
  (ticks: readonly Tick[]): boolean => {
    if (ticks.length < SETTLING_TICKS + FEWEST_TICKS || ticks.length % 3 !== 0) return false
    if (growthOf(ticks, ratePerSecond, limits.slowMs).growing) return true
    const slow = ticks.reduce((sum, tick) => sum + tick.slow, 0)
    const meant = ticks.reduce((sum, tick) => sum + tick.meant, 0)
    return slow >= LOST_COUNT && slow >= meant * LOST_SHARE
  }

const Z95 = 1.96

/** 95 % interval of a quantile from the ranks around it, as far as requests are independent; null of too few. */
export const quantileInterval = (
  histogram: Histogram,
  p: number,
  effectiveN: number,
): [number, number] | null => {
  if (effectiveN * (1 - p) < 5) return null
  const reach = Z95 * Math.sqrt((p * (1 - p)) / effectiveN)
  const at = (share: number) => histogram.quantile(Math.min(1, Math.max(0, share))) / 1_000
  return [at(p - reach), at(p + reach)]
}

/** Independent requests that would tell as much as those of this window. */
export const effectiveCount = (ticks: readonly Tick[]): number =>
  proportionOfBlocks(slowBlocks(ticks), 0.95).effectiveN

import { createSearch } from '../../base/stats/noisy-search.ts'
import type { Probe, Seen } from './seen.ts'

/** One probe at a rate; null where it could not be used. */
export type AskAt = (
  ratePerSecond: number,
  options: { step: Probe['step']; seconds: number },
) => Promise<Probe | null>

export type LineSearch = {
  ask: AskAt
  /** answers a second with one request after the other: the line is somewhere below, or a little above */
  capacityPerSecond: number
  /** the rate that the standard asks for: far from it, a coarse line says as much */
  thresholdPerSecond: number
  /** little time: the ramp begins higher up */
  isShort?: boolean
  /** false when no further probe may begin */
  goOn(): boolean
}

export type Found = { line: Seen['line']; probes: Probe[] }

const RAMP = { requests: 15, seconds: 1.2, mostSeconds: 4 }
const FACTOR = 1.5
const FIRST = 0.25
const FIRST_IF_SHORT = 0.5
const MOST_UP = 9
/** Rates that could not be sent one after the other: then the generator cannot. */
const UNUSED_IN_A_ROW = 2
const MOST_DOWN = 4
const LOWEST_RATE = 1

const SEARCH = { requests: 40, seconds: 2.2, mostSeconds: 5 }
const MOST_PROBES = 14
const REFUSALS = 3
/** As near to the line, on either side, what a probe of seconds says is a matter of luck. */
const SOFT = 0.025
const FINE = 0.04
const COARSE = 0.1
/** Below half of what is asked for, or above three times: no rate in between changes what is said. */
const FAR_BELOW = 0.5
const FAR_ABOVE = 3

type Length = { requests: number; seconds: number; mostSeconds: number }

/** Longer where few requests come, so that there is something to go by. */
const secondsAt = (rate: number, { requests, seconds, mostSeconds }: Length) =>
  Math.min(mostSeconds, Math.max(seconds, requests / rate))

type Bracket = { inside: number | null; outside: number | null }

/**
 * Rates from a quarter of the capacity upward until one is outside, and downward while none is inside. One stall must
 * not hide all that is above it, so a rate is outside only when it is so twice.
 */
const ramp = async (search: Omit<LineSearch, 'thresholdPerSecond'>, probes: Probe[]): Promise<Bracket> => {
  const bracket: Bracket = { inside: null, outside: null }
  const once = async (rate: number) => {
    if (!search.goOn()) return null
    const probe = await search.ask(rate, { step: 'ramp', seconds: secondsAt(rate, RAMP) })
    if (probe !== null) probes.push(probe)
    return probe
  }
  let unused = 0
  const step = async (rate: number) => {
    const first = await once(rate)
    const probe = first?.side === 'outside' ? await once(rate) : first
    if (probe?.side === 'outside') bracket.outside = rate
    if (probe?.side === 'inside') bracket.inside = Math.max(bracket.inside ?? 0, rate)
    unused = probe === null ? unused + 1 : 0
    return unused < UNUSED_IN_A_ROW
  }
  let rate = Math.max(LOWEST_RATE, search.capacityPerSecond * (search.isShort ? FIRST_IF_SHORT : FIRST))
  for (let up = 0; up < MOST_UP && bracket.outside === null; up += 1) {
    if (!(await step(rate))) break
    rate *= FACTOR
  }
  rate = (bracket.outside ?? rate) / FACTOR ** 2
  for (let down = 0; down < MOST_DOWN && bracket.inside === null && rate >= LOWEST_RATE; down += 1) {
    if (!(await step(rate))) break
    rate /= FACTOR ** 2
  }
  return bracket
}

const widthFor = ([low, high]: readonly [number, number], threshold: number) =>
  high < threshold * FAR_BELOW || low > threshold * FAR_ABOVE ? COARSE : FINE

/**
 * The highest rate inside the standard: a geometric ramp to have it between two rates, then probes where it is believed
 * to be, each of which may be wrong. Null where no rate was inside, or none outside.
 */
export const findLine = async (search: LineSearch): Promise<Found> => {
  const probes: Probe[] = []
  const { inside, outside } = await ramp(search, probes)
  if (inside === null || outside === null) return { line: null, probes }
  const belief = createSearch({ low: inside * 0.5, high: outside * 1.6, resolution: 0.005 })
  for (const { ratePerSecond, side, reliability } of probes) belief.tell(ratePerSecond, side, reliability)
  let refused = 0
  for (let count = 0; count < MOST_PROBES && refused < REFUSALS && search.goOn(); count += 1) {
    if (belief.done(widthFor(belief.interval(0.95), search.thresholdPerSecond))) break
    const rate = belief.next()
    const probe = await search.ask(rate, { step: 'search', seconds: secondsAt(rate, SEARCH) })
    if (probe === null) {
      refused += 1
      continue
    }
    probes.push(probe)
    belief.tell(rate, probe.side, probe.reliability)
  }
  const [low, high] = belief.interval(0.95)
  const interval: [number, number] = [low * (1 - SOFT), high * (1 + SOFT)]
  return { line: { ratePerSecond: belief.estimate(), interval }, probes }
}

/** A rate that is inside, by the ramp alone: enough where only half of it is wanted. */
export const findInside = async (
  search: Omit<LineSearch, 'thresholdPerSecond'>,
): Promise<{ ratePerSecond: number | null; probes: Probe[] }> => {
  const probes: Probe[] = []
  const { inside } = await ramp(search, probes)
  return { ratePerSecond: inside, probes }
}

import { createRandom } from '../../base/random/random.ts'
import type { Arrivals } from './load.ts'

/** Milliseconds since the run began at which the next request is meant to leave; Infinity when there are no more. */
export type Schedule = () => number

const gaps = (arrivals: Exclude<Arrivals, { kind: 'closed' }>, seed: number): Schedule => {
  const meanMs = 1000 / arrivals.ratePerSecond
  let index = 0
  // Multiplied rather than added up, so that no rounding gathers.
  if (arrivals.kind === 'constant') return () => index++ * meanMs
  const random = createRandom(seed).fork('arrivals')
  let atMs = 0
  return () => {
    atMs -= Math.log(1 - random.next()) * meanMs
    return atMs
  }
}

/** The whole schedule of an open loop, a pure function of rate, duration and seed. */
export const scheduleArrivals = (
  arrivals: Exclude<Arrivals, { kind: 'closed' }>,
  durationMs: number,
  seed: number,
): Schedule => {
  const next = gaps(arrivals, seed)
  let over = false
  return () => {
    if (over) return Number.POSITIVE_INFINITY
    const atMs = next()
    over = atMs >= durationMs
    return over ? Number.POSITIVE_INFINITY : atMs
  }
}

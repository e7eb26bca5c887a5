import type { Seen } from './seen.ts'

/** Windows that decide where the line is, of which so many may have been disturbed. */
const MOST_DISTURBED = 0.25

/** What disturbed the windows that were used, in words; null when it was quiet enough. */
export const disturbance = ({ probes }: Pick<Seen, 'probes'>): string | null => {
  const noisy = probes.filter(({ noise }) => noise !== null)
  if (noisy.length <= probes.length * MOST_DISTURBED) return null
  return noisy.at(-1)?.noise ?? null
}

type Loaded = Pick<Seen, 'probes' | 'capacity' | 'foreignShare'> & {
  workload: Pick<Seen['workload'], 'operations'>
}

/** Of the time that a request takes alone, so much longer under load is waiting for others. */
const WAITED = 2

/** Whether the service had all it could do when requests followed each other without a pause. */
const isSaturated = ({ capacity, workload: { operations } }: Loaded): boolean => {
  if (capacity === null) return false
  const aloneMs = operations.reduce((sum, { share, cost }) => sum + share * cost.p50Ms, 0)
  return (capacity.connections / capacity.perSecond) * 1_000 >= WAITED * aloneMs
}

/** Others that have more than this leave too little to carry on from. */
const MOST_FOREIGN = 0.85

/** With two standard deviations for the luck of few answers. */
const capacityAtMost = ({ capacity }: Loaded): number =>
  capacity === null ? 0 : capacity.perSecond * (1 + 2 / Math.sqrt(capacity.n))

/**
 * Answers a second that the service could give at the most if everybody else left the machine: what it gave when it
 * was asked for more than it could, and the processors that others had on top. Noise explains no more than that.
 * Infinite where it never had more to do than it could, or was
 * hardly let run at all.
 */
export const mostWithoutOthers = (seen: Loaded): number => {
  const beyond = seen.probes.filter(({ side }) => side === 'outside')
  if (beyond.length === 0 && !isSaturated(seen)) return Number.POSITIVE_INFINITY
  if (seen.foreignShare > MOST_FOREIGN) return Number.POSITIVE_INFINITY
  const most = Math.max(capacityAtMost(seen), ...seen.probes.map(({ goodPerSecond }) => goodPerSecond))
  return most / (1 - seen.foreignShare)
}

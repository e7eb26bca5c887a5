import type { Seen } from './seen.ts'

/** Windows that decide where the line is, of which so many may have been disturbed. */
const MOST_DISTURBED = 0.25

/** What disturbed the windows that were used, in words; null when it was quiet enough. */
export const disturbance = ({ probes }: Pick<Seen, 'probes'>): string | null => {
  const noisy = probes.filter(({ noise }) => noise !== null)
  if (noisy.length <= probes.length * MOST_DISTURBED) return null
  return noisy.at(-1)?.noise ?? null
}

/**
 * Answers a second that the service could give at the most if everybody else left the machine: what it gave, and the
 * processors that others had on top. Noise explains no more than that.
 */
export const mostWithoutOthers = ({ probes, capacity, foreignShare }: Seen): number => {
  const seen = Math.max(0, capacity?.perSecond ?? 0, ...probes.map(({ goodPerSecond }) => goodPerSecond))
  return seen / Math.max(0.05, 1 - foreignShare)
}

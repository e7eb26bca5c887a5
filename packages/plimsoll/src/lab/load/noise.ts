import type { GaugeReading } from '../../model/gauge.ts'

/** What was taken from outside of the target: of all processor time, 0..1, and in words; null where it was left alone. */
export type Noise = { foreignShare: number; reason: string | null }

/**
 * Of all processor time, what other processes may take. A target that needs a whole processor of two loses about as much
 * of its rate as they take of the machine, and rates repeat within 5 % at best.
 */
const MOST_FOREIGN = 0.075

/** What the host may take: a virtual machine is never without, a tenth is ordinary as soon as it has much to do. */
const MOST_STOLEN = 0.15

/** Of all processor time, what a limit may keep back: it stops everything at once, for up to a tenth of a second. */
const MOST_THROTTLED = 0.01

/** A share that is not worth a word. */
const LEAST_TOLD = 0.005

const told = (share: number, rest: string) =>
  share < LEAST_TOLD ? [] : [`${Math.round(share * 100)} % of the processor time ${rest}`]

/**
 * Whether a window was left alone by everything that is not the target. Only what was taken from outside of it counts:
 * pressure and late echoes may be the target's own doing. What was not measured is no evidence.
 * @returns the reason as readable text: `41 % of the processor time went to foreign processes`
 */
export const noiseOf = (
  { gauge }: { gauge: GaugeReading },
  { mostForeign = MOST_FOREIGN, mostStolen = MOST_STOLEN } = {},
): Noise => {
  const cores = Math.max(1, gauge.cores)
  const foreign = (gauge.foreignCores ?? 0) / cores
  const stolen = (gauge.stolenCores ?? 0) / cores
  const throttled = (gauge.throttledMs ?? 0) / (gauge.durationMs * cores)
  const reasons = [
    ...(foreign > mostForeign || stolen > mostStolen
      ? [
          ...told(foreign, 'went to foreign processes'),
          ...told(stolen, 'was taken by the host of this machine'),
        ]
      : []),
    ...(throttled > MOST_THROTTLED ? told(throttled, 'was kept back by a limit of the container') : []),
  ]
  return { foreignShare: foreign + stolen, reason: reasons.length === 0 ? null : reasons.join(', ') }
}

import type { GaugeReading } from '../../model/gauge.ts'

/**
 * Of all processor time, what others and the host may take together. A target that needs a whole processor of two loses
 * about as much of its rate as they take of the machine, and rates repeat within 5 % at best.
 */
export const MOST_TAKEN = 0.075

/** Of all processor time, what a limit may keep back: it stops everything at once, for up to a tenth of a second. */
export const MOST_THROTTLED = 0.01

const percent = (share: number) => `${Math.round(share * 100)} %`

/**
 * Whether a window was left alone by everything that is not the target. Only what was taken from outside of it counts:
 * pressure and late echoes may be the target's own doing. What was not measured is no evidence.
 * @returns reasons as readable text: `41 % of the processor time went to foreign processes`
 */
export const noiseOf = (reading: GaugeReading): { quiet: boolean; reasons: string[] } => {
  const { cores, durationMs } = reading
  const foreign = (reading.foreignCores ?? 0) / cores
  const stolen = (reading.stolenCores ?? 0) / cores
  const throttled = (reading.throttledMs ?? 0) / (durationMs * cores)
  const taken = foreign + stolen > MOST_TAKEN
  const told = (share: number, rest: string) =>
    taken && share >= 0.005 ? [`${percent(share)} of the processor time ${rest}`] : []
  const reasons = [
    ...told(foreign, 'went to foreign processes'),
    ...told(stolen, 'was taken by the host of this virtual machine'),
    ...(throttled > MOST_THROTTLED
      ? [`a limit of the container kept back ${percent(throttled)} of the processor time`]
      : []),
  ]
  return { quiet: reasons.length === 0, reasons }
}

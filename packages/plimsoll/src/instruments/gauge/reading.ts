import type { GaugeReading } from './gauge.ts'

/** What each null of a reading is called in reports. */
const NAMES = {
  appCores: 'processor time of the app',
  appBusiestThread: 'threads of the app',
  appMemoryMb: 'memory of the app',
  appDescriptors: 'descriptors of the app',
  storeCores: 'processor time of the stores',
  ownCores: 'processor time of Plimsoll',
  foreignCores: 'foreign processes',
  stolenCores: 'steal',
  pressure: 'pressure',
  memoryPressure: 'pressure on memory',
  throttledMs: 'throttling',
} as const satisfies Partial<Record<keyof GaugeReading, string>>

type Measured = Omit<GaugeReading, 'unmeasured'>

const isName = (key: string): key is keyof typeof NAMES => key in NAMES

/** Names what is null. */
export const completeReading = (measured: Measured): GaugeReading => {
  const missing = Object.keys(NAMES)
    .filter(isName)
    .filter((key) => measured[key] === null)
  return { ...measured, unmeasured: missing.map((key) => NAMES[key]) }
}

/** The slowest that kernels take samples. */
const SAMPLE_MS = 10

/**
 * Processor time of everybody else. What their processes say is exact, but one that came and went between the two
 * moments, or that runs in another container, shows only in the machine's own count, which is taken by sampling: so
 * the rest of that count is believed once it is more than sampling explains.
 * @param told by their processes, in cores
 * @param rest what the machine counted and no process accounts for, in cores
 */
export const foreignCores = (told: number, rest: number, cores: number, durationMs: number): number => {
  const samples = Math.max(1, durationMs / SAMPLE_MS)
  const slack = 3 * 0.5 * Math.sqrt(cores / samples)
  return Math.min(cores, told + (rest > slack ? rest : 0))
}

import { limitFiles, type MachineText, readMachineStat, readPressure, readThrottled } from './machine-text.ts'
import { textOf } from './snapshot.ts'

/** Totals since some moment in the past; only differences mean something. */
export type MachineTotals = {
  machine: MachineText | null
  pressureUs: number | null
  memoryPressureUs: number | null
  throttledMs: number | null
}

/** A limit may be set on any group around us; each keeps us from running by itself, so the largest counts. */
const readLimits = (): number | null => {
  const told = limitFiles(textOf('/proc/self/cgroup') ?? '').flatMap((file) => {
    const throttledMs = readThrottled(textOf(file) ?? '')
    return throttledMs === null ? [] : [throttledMs]
  })
  return told.length === 0 ? null : Math.max(...told)
}

export const readMachine = (): MachineTotals => ({
  machine: readMachineStat(textOf('/proc/stat') ?? ''),
  pressureUs: readPressure(textOf('/proc/pressure/cpu') ?? ''),
  memoryPressureUs: readPressure(textOf('/proc/pressure/memory') ?? ''),
  throttledMs: readLimits(),
})

import { readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second, whatever the kernel's own clock. */
const TICK_US = 10_000
const USER = 11
const SYSTEM = 12

/** What the process has used since it began, in microseconds; NaN where the system does not say it in a file. */
export const processorTimeUs = (pid: number | null): number => {
  if (pid === null) return Number.NaN
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[USER]) + Number(fields[SYSTEM])) * TICK_US
  } catch {
    return Number.NaN
  }
}

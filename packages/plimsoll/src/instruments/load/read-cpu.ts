import { readFileSync } from 'node:fs'

/** Processor time of the calling thread so far, milliseconds; null where the system does not tell. */
export const readCpuMs = (): number | null => {
  try {
    const nanoseconds = Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0])
    return nanoseconds > 0 ? nanoseconds / 1e6 : null
  } catch {
    return null
  }
}

import { setPriority } from 'node:os'

/** Above everything a lab starts, below what the system itself needs. */
const NICE = -10

/**
 * Lets the calling thread go before the target: the users it stands for have machines of their own. Where that takes a
 * right we have not, the run is refused when it was late, as ever.
 */
export const takePrecedence = (): void => {
  // Linux has a priority for each thread; elsewhere this would raise the whole process.
  if (process.platform !== 'linux') return
  try {
    setPriority(0, NICE)
  } catch {
    return
  }
}

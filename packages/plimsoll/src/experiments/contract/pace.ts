/** Chains and pages come after the variations, and must have their part of the time. */
const FOR_VARIATIONS = 0.6
const LEAST = 8

export type Pace = {
  /** requests that the next operation may have */
  next(): number
  /** some operation had fewer than its share */
  isShort(): boolean
}

/**
 * Deals requests to operations, fewer to each where the app, or the machine, turns out to be slow.
 * @param share requests for each where time is no matter
 */
export const createPace = (
  { nowMs, count }: { nowMs(): number; count(): number },
  { operations, share, timeMs }: { operations: number; share: number; timeMs: number },
): Pace => {
  const fromMs = nowMs()
  let left = operations
  let short = false
  return {
    isShort: () => short,
    next() {
      const spentMs = nowMs() - fromMs
      const eachMs = count() === 0 ? 0 : spentMs / count()
      const allowedMs = (timeMs * FOR_VARIATIONS - spentMs) / Math.max(1, left)
      left -= 1
      if (eachMs === 0) return share
      const given = Math.max(LEAST, Math.min(share, Math.floor(allowedMs / eachMs)))
      short ||= given < share
      return given
    },
  }
}

/** How long nothing has been heard. */
export type Quiet = {
  ms(): number
  /** what can be heard now: when it is other than before, something was heard */
  hear(signs: string): void
}

/** A stretch in which we did not look ourselves counts for at most `mostMs`: on a busy machine we would mishear. */
export const createQuiet = (nowMs: () => number, mostMs: number): Quiet => {
  let lastMs = nowMs()
  let quietMs = 0
  let before = ''
  return {
    ms: () => quietMs,
    hear: (signs) => {
      const now = nowMs()
      quietMs = signs === before ? quietMs + Math.min(now - lastMs, mostMs) : 0
      lastMs = now
      before = signs
    },
  }
}

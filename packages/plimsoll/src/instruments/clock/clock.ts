import { setTimeout as wait } from 'node:timers/promises'

export type Clock = {
  /** milliseconds since the clock was made; never goes back */
  nowMs(): number
  /** resolves after that time, or early, without an error, when the signal aborts */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** A monotonic clock that starts at zero. */
export const createClock = (): Clock => {
  const startMs = performance.now()
  return {
    nowMs: () => performance.now() - startMs,
    sleep: async (ms, signal) => {
      await wait(ms, undefined, { signal }).catch((error: unknown) => {
        if (!signal?.aborted) throw error
      })
    },
  }
}

import type { Endpoint } from '../define.ts'
import { connect } from './connect.ts'

const STEP_MS = 25

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Waits until the server takes a session. `gone` says why it never will, null while it may.
 * Answers null when it does, else the reason; throws when `signal` aborts.
 */
export const waitForAnswer = async (
  endpoint: Endpoint,
  options: { timeoutMs: number; signal: AbortSignal; gone(): string | null },
): Promise<string | null> => {
  const until = performance.now() + options.timeoutMs
  let last = 'it did not answer'
  while (performance.now() < until) {
    options.signal.throwIfAborted()
    const reason = options.gone()
    if (reason !== null) return reason
    try {
      const client = await connect(endpoint)
      await client.end()
      return null
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await pause(STEP_MS)
  }
  return `${last} (waited ${Math.round(options.timeoutMs / 1000)} s)`
}

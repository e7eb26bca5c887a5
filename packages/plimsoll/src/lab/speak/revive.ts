import type { Lab } from '../lab.ts'

const EXIT_MS = 250
const READY_MS = 30_000

/**
 * Starts the app again where a request ended it, and lets the accounts in anew; false where it runs. Asked after a
 * request that had no answer.
 */
export const revive = async ({ target, renew }: Pick<Lab, 'target' | 'renew'>): Promise<boolean> => {
  if ((await target.exited(EXIT_MS)) === null) return false
  await target.restart()
  await target.ready(READY_MS)
  await renew?.()
  return true
}

import type { Door } from '../../engine/door/door.ts'
import type { Run } from '../../model/run.ts'
import type { Duty } from './derive-obligations.ts'
import type { Ledger, Weakened } from './obligation.ts'
import { join, settle } from './settle.ts'

export type ProveOptions = {
  /** what is proved already for this very tree is not run again */
  ledger: Ledger
  baseline: Run | null
  weakened: readonly Weakened[]
  budgetSeconds: number
  signal: AbortSignal
  onProgress?(line: string): void
}

/**
 * Asks the engine for everything that has no answer yet, in one proof.
 * @returns null as the Run where there was nothing left to ask for
 */
export const proveObligations = async (
  duty: Duty,
  door: Pick<Door, 'prove'>,
  { ledger, baseline, weakened, budgetSeconds, signal, onProgress }: ProveOptions,
): Promise<{ ledger: Ledger; run: Run | null }> => {
  const open = ledger.obligations.filter(({ state }) => state === 'not-run').map(({ probe }) => probe)
  if (open.length === 0) return { ledger: { ...ledger, weakened }, run: null }
  const { run } = await door.prove({
    ...{ only: open, budgetSeconds, signal },
    ...(onProgress !== undefined && { onProgress }),
  })
  return { ledger: join(ledger, settle(duty, { run, baseline, weakened })), run }
}

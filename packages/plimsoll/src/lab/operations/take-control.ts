import type { Lab } from '../lab.ts'
import { type ControlledStore, controlStore } from './controlled-store.ts'
import { watchBackground } from './settle.ts'

type Controlled = {
  controlled: ControlledStore
  /** shapes of statements that come without any request */
  background: ReadonlySet<string>
}

/**
 * The store under control, its checkpoint taken once jobs have done what earlier requests left to them: work that is
 * still open in the checkpoint would be done anew after every restore. The caller closes the checkpoint.
 */
export const takeControl = async (lab: Lab): Promise<Controlled | { reason: string }> => {
  const found = await controlStore(lab)
  if ('reason' in found) return found
  const { checkpoint, wire } = found.controlled
  const background = await watchBackground(lab, wire)
  const changes = await checkpoint.changes().catch(() => ({}))
  if (Object.keys(changes).length === 0) return { controlled: found.controlled, background }
  await checkpoint.close()
  const again = await controlStore(lab)
  return 'reason' in again ? again : { controlled: again.controlled, background }
}

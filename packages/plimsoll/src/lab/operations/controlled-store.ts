import type { StatementFacts } from '../../model/statement-facts.ts'
import type { Checkpoint, Waiting } from '../../stores/define.ts'
import type { Lab, LabStore, Wire } from '../lab.ts'

/** A store whose statements we see, read and order, and whose contents we can put back. */
export type ControlledStore = {
  store: LabStore
  wire: Wire
  facts: (sql: string) => StatementFacts
  waiting: (() => Promise<Waiting[]>) | null
  checkpoint: Checkpoint
}

/** The store to order requests at, or why there is none. The caller closes its checkpoint. */
export const controlStore = async (
  lab: Lab,
): Promise<{ controlled: ControlledStore } | { reason: string }> => {
  if (lab.stores.length === 0) return { reason: 'the app uses no store' }
  const { store } = lab
  if (store === null) return { reason: 'nothing crosses a wire to its store' }
  const { facts, wire, database } = store
  if (facts === null) return { reason: `statements of ${store.id} cannot be read yet` }
  const checkpoint = (await database.checkpoint?.()) ?? null
  if (checkpoint === null) return { reason: 'the data is too large to put back between two runs' }
  const waiting = database.waiting === undefined ? null : () => database.waiting?.() ?? Promise.resolve([])
  return { controlled: { store, wire, facts, waiting, checkpoint } }
}

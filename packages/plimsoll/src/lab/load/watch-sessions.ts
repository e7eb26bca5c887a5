import type { SessionActivity } from '../../stores/define.ts'
import type { Lab } from '../lab.ts'
import { sharesOf } from './session-shares.ts'
import type { SessionShares } from './window.ts'

const EVERY_MS = 50

/** Looks at the sessions of the first store that can show them, until what it returns is called. */
export const watchSessions = (
  { stores, sleep }: Pick<Lab, 'stores' | 'sleep'>,
  signal: AbortSignal,
): (() => Promise<SessionShares | null>) => {
  const store = stores.find(({ database }) => database.activity !== undefined)
  if (store === undefined) return async () => null
  const samples: SessionActivity[][] = []
  let watching = true
  const watch = async () => {
    while (watching && !signal.aborted) {
      const seen = await store.database.activity?.().catch(() => null)
      if (watching && seen != null) samples.push(seen)
      await sleep(EVERY_MS).catch(() => undefined)
    }
  }
  const watched = watch()
  return async () => {
    watching = false
    await watched
    return samples.length === 0 ? null : sharesOf(samples, store.shape ?? ((sql) => sql))
  }
}

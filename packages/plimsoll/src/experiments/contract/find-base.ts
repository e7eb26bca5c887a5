import { type Base, tryBase } from './base.ts'
import { makeThing } from './make-thing.ts'
import type { Operation } from './operations.ts'
import type { Trial } from './trial.ts'

/** `/loans/:loanId/return` below what `POST /loans` makes; null where a further parameter is in the way. */
const below = (path: string, item: string, made: string): string | null => {
  if (path === item) return made
  const rest = path.startsWith(`${item}/`) ? path.slice(item.length) : null
  return rest === null || rest.includes(':') ? null : made + rest
}

/**
 * A request that the operation accepts at this moment. Where the things that are known are somebody else's, or not in a
 * state for it, one is made; null where that does not help either.
 */
export const findBase = async (trial: Trial, operation: Operation): Promise<Base | null> => {
  const found = await tryBase(trial, operation)
  if (found !== null) return found
  for (const family of trial.families) {
    if (below(operation.described.path, family.item, '') === null || family.create === operation) continue
    const thing = await makeThing(trial, family)
    const at = thing === null ? null : below(operation.described.path, family.item, thing.path)
    const made = at === null ? null : await tryBase(trial, operation, at)
    if (made !== null) return made
  }
  return null
}

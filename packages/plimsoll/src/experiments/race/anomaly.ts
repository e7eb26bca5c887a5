import { sameChanges } from '../../lab/operations/mask.ts'
import type { Changes, Outcome, Reference } from './outcome.ts'

export type Anomaly = 'lost update' | 'double spend' | 'duplicate' | 'write skew' | 'no serial order'

const orders = (references: readonly Reference[]) =>
  references.filter(({ order }) => order === 'A, then B' || order === 'B, then A')

/** true where a row was changed or removed */
export const updates = (changes: Changes) => Object.values(changes).some(({ removed }) => removed.length > 0)
const addedRows = (changes: Changes) =>
  Object.values(changes).reduce((sum, { added, removed }) => sum + added.length - removed.length, 0)

/**
 * The name the field has for it, from the rows alone.
 * @param apart the two requests are about different rows, or do different things
 */
export const nameAnomaly = (got: Outcome, references: readonly Reference[], apart: boolean): Anomaly => {
  const serial = orders(references)
  const bothSaidYes = got.accepted.A && got.accepted.B
  const neverBoth = serial.every(({ accepted }) => !(accepted.A && accepted.B))
  if (bothSaidYes && neverBoth) {
    if (apart) return 'write skew'
    const most = Math.max(0, ...references.map(({ changes }) => addedRows(changes)))
    return !updates(got.changes) && addedRows(got.changes) > most && most <= 1 ? 'duplicate' : 'double spend'
  }
  const alone = references.filter(({ order }) => order === 'A alone' || order === 'B alone')
  if (bothSaidYes && alone.some(({ changes }) => sameChanges(changes, got.changes))) return 'lost update'
  if (bothSaidYes && addedRows(got.changes) > Math.max(0, ...serial.map(({ changes }) => addedRows(changes))))
    return 'duplicate'
  return bothSaidYes && updates(got.changes) ? 'lost update' : 'no serial order'
}

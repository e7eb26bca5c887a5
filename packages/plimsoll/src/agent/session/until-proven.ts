import type { Ledger } from '../obligations/obligation.ts'
import { standingOf } from '../obligations/settle.ts'

/** What the session does with a model that stopped. */
export type Next = { kind: 'end' } | { kind: 'stuck'; reason: string } | { kind: 'feed'; attempt: number }

/** The same answer of the engine for the same tree: told twice, then it is over. */
const MOST_WITHOUT_CHANGE = 3
/** The same answer for trees that differ: repairs that do not help. */
const MOST_WITH_CHANGE = 6
/** What no model can settle (no request is accepted, the time is short) is told once, and again after a change. */
const MOST_UNPROVEN = { withoutChange: 2, withChange: 3 }

const openSigns = ({ obligations, weakened, problem }: Ledger): string =>
  JSON.stringify([
    obligations
      .filter(({ state }) => state !== 'proven' && state !== 'not-applicable')
      .map(({ probe, state, findings }) => [probe, state, [...findings].sort()]),
    weakened.map(({ file, how }) => [file, how]),
    problem,
  ])

/**
 * Decides after each proof: it is over, or the model is told what is left. State of one session.
 */
export const openPursuit = () => {
  let attempt = 0
  let last = { tree: '', signs: '', onTree: 0, onSigns: 0 }
  return (ledger: Ledger): Next => {
    const standing = standingOf(ledger)
    if (standing === 'proven') return { kind: 'end' }
    const signs = openSigns(ledger)
    const isSame = signs === last.signs
    last = {
      tree: ledger.tree,
      signs,
      onSigns: isSame ? last.onSigns + 1 : 1,
      onTree: isSame && ledger.tree === last.tree ? last.onTree + 1 : 1,
    }
    attempt += 1
    if (standing === 'unproven')
      return last.onTree >= MOST_UNPROVEN.withoutChange || last.onSigns >= MOST_UNPROVEN.withChange
        ? { kind: 'end' }
        : { kind: 'feed', attempt }
    if (last.onTree >= MOST_WITHOUT_CHANGE)
      return {
        kind: 'stuck',
        reason: `The model stopped ${last.onTree} times on the same work, and the engine refuted the same`,
      }
    if (last.onSigns >= MOST_WITH_CHANGE)
      return { kind: 'stuck', reason: `${last.onSigns} repairs changed nothing of what is refuted` }
    return { kind: 'feed', attempt }
  }
}

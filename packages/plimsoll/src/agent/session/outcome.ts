import { EXIT } from '../../base/errors/table.ts'
import { formatCount } from '../../base/text/numbers.ts'
import type { Outcome, Spent } from '../loop/events.ts'
import { countStates, tellUnreached } from '../obligations/feedback.ts'
import type { Ledger } from '../obligations/obligation.ts'
import { standingOf } from '../obligations/settle.ts'

/** How the work came to its end. Nothing in it is the model's opinion. */
export type Ending =
  /** nothing is left to do, or nothing more can be done: the ledger decides */
  { kind: 'settled' } | { kind: 'stuck' | 'budget' | 'failed' | 'interrupted'; reason: string }

export type OutcomeFacts = {
  ledger: Ledger
  spent: Spent
  changed: readonly string[]
  /** why it is not done although nothing is refuted; null where there is nothing to object to */
  objection: string | null
  session: string
  said: string
}

const EXITS = {
  proven: EXIT.proven,
  refuted: EXIT.findings,
  unproven: EXIT.inconclusive,
  answered: EXIT.proven,
} as const

const isDue = ({ obligations, weakened }: Ledger) => obligations.length > 0 || weakened.length > 0

const exceptFor = ({ obligations }: Ledger): string => {
  const count = tellUnreached(obligations).length
  return count === 0 ? '' : `, but for ${formatCount(count, 'point', 'points')} that could not be looked at`
}

const settled = (ledger: Ledger, objection: string | null): Pick<Outcome, 'kind' | 'exitCode' | 'reason'> => {
  if (objection !== null && standingOf(ledger) === 'proven')
    return { kind: 'unproven', exitCode: EXITS.unproven, reason: objection }
  if (!isDue(ledger))
    return {
      kind: 'answered',
      exitCode: EXITS.answered,
      reason: 'Nothing was changed that asks for a proof.',
    }
  const kind = standingOf(ledger)
  const reason =
    kind === 'proven'
      ? `Everything that the change has to hold is proven${exceptFor(ledger)}.`
      : `Not everything that the change has to hold is proven: ${countStates(ledger)}.`
  return { kind, exitCode: EXITS[kind], reason }
}

const exitOf = (kind: Exclude<Ending['kind'], 'settled'>, ledger: Ledger): number => {
  if (kind === 'budget') return EXIT.budget
  if (kind === 'failed') return EXIT.model
  if (kind === 'interrupted') return EXIT.interrupted
  return standingOf(ledger) === 'refuted' ? EXIT.findings : EXIT.inconclusive
}

/** The outcome of a session: exit code and kind from the engine's verdicts and from how it ended. */
export const outcomeOf = (ending: Ending, facts: OutcomeFacts): Outcome => {
  const { ledger, objection, ...rest } = facts
  const { obligations, weakened } = ledger
  if (ending.kind === 'settled') return { ...settled(ledger, objection), obligations, weakened, ...rest }
  const open = isDue(ledger) ? ` The proof stands at: ${countStates(ledger)}.` : ''
  return {
    kind: ending.kind,
    exitCode: exitOf(ending.kind, ledger),
    reason: `${ending.reason.replace(/\.?$/, '.')}${open}`,
    obligations,
    weakened,
    ...rest,
  }
}

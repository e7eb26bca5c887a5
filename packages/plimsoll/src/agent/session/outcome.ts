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
  /** the task asks for a change, and every file is as it was when it was given */
  undone: boolean
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

const UNDONE = 'The task asks for a change, and no file was changed.'

const exceptFor = ({ obligations }: Ledger): string => {
  const count = tellUnreached(obligations).length
  return count === 0
    ? ''
    : `, but for ${formatCount(count, 'operation', 'operations')} that the lab did not reach`
}

const settled = (ledger: Ledger, undone: boolean): Pick<Outcome, 'kind' | 'exitCode' | 'reason'> => {
  if (undone && standingOf(ledger) === 'proven')
    return { kind: 'unproven', exitCode: EXITS.unproven, reason: UNDONE }
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
  const { ledger, undone, ...rest } = facts
  const { obligations, weakened } = ledger
  if (ending.kind === 'settled') return { ...settled(ledger, undone), obligations, weakened, ...rest }
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

import { Fault } from '../../base/errors/fault.ts'
import type { Door } from '../../engine/door/door.ts'
import type { Families } from '../../engine/prove/families.ts'
import type { Run } from '../../model/run.ts'
import { type Duty, deriveObligations } from '../obligations/derive-obligations.ts'
import { feedbackOf } from '../obligations/feedback.ts'
import { findWeakened } from '../obligations/gates/find-weakened.ts'
import type { Ledger } from '../obligations/obligation.ts'
import { proveObligations } from '../obligations/prove-obligations.ts'
import { join, settle } from '../obligations/settle.ts'
import type { Start } from '../obligations/trees/start.ts'
import { takeTree } from '../obligations/trees/tree.ts'

/** What is due for the work as it is, and what the engine says of it. */
export type Duties = {
  ledger(): Ledger
  /** derives what is due now; evidence that is there for this very tree counts */
  assess(): Promise<Ledger>
  /** lets the engine run what has no answer yet */
  prove(signal: AbortSignal, onProgress: (line: string) => void): Promise<Ledger>
  /** what is left, for a model: at most 4 KB; null while nothing is due */
  feedback(): string | null
}

export type DutyPorts = {
  root: string
  families: Families
  door: Pick<Door, 'prove' | 'evidence'>
  proveSeconds: number
  start: Start
}

const FEEDBACK_BYTES = 3_600

const EMPTY: Omit<Ledger, 'tree'> = { obligations: [], weakened: [], apart: [], problem: null }

/** One session's duties. The start stays what it was; everything else is read anew with each question. */
export const openDuties = (ports: DutyPorts): Duties => {
  const { root, families, door, start } = ports
  let ledger: Ledger = { tree: start.hash, ...EMPTY }
  let duty: Duty | null = null
  let newest: Run | null = null
  let triedTree: string | null = null
  let baseline: Run | null | undefined
  const baselineRun = () => {
    baseline ??= door.evidence(start.hash)[0] ?? null
    return baseline
  }
  return {
    ledger: () => ledger,
    assess: async () => {
      const tree = await takeTree(root, families)
      const weakened = await findWeakened(start, tree, families)
      if (duty !== null && tree.hash === ledger.tree) {
        ledger = { ...ledger, weakened }
        return ledger
      }
      duty = deriveObligations(start, tree, families)
      const runs = duty.obligations.length === 0 ? [] : door.evidence(tree.hash)
      newest = runs[0] ?? null
      ledger = { ...EMPTY, tree: tree.hash, obligations: duty.obligations, weakened }
      for (const run of runs.toReversed())
        ledger = join(ledger, settle(duty, { run, baseline: baselineRun(), weakened }))
      return ledger
    },
    prove: async (signal, onProgress) => {
      // An app that does not start says the same again.
      if (duty === null || (ledger.problem !== null && triedTree === ledger.tree)) return ledger
      triedTree = ledger.tree
      const options = {
        ...{ ledger, baseline: baselineRun(), weakened: ledger.weakened },
        ...{ budgetSeconds: ports.proveSeconds, signal, onProgress },
      }
      try {
        const proved = await proveObligations(duty, door, options)
        ledger = proved.ledger
        newest = proved.run ?? newest
      } catch (thrown) {
        signal.throwIfAborted()
        if (!(thrown instanceof Fault)) throw thrown
        ledger = { ...ledger, problem: `${thrown.message} ${thrown.hint}` }
      }
      return ledger
    },
    feedback: () =>
      ledger.obligations.length === 0 && ledger.weakened.length === 0
        ? null
        : feedbackOf(ledger, newest, FEEDBACK_BYTES),
  }
}

import { Fault } from '../../base/errors/fault.ts'
import type { Origins } from '../../engine/digest/origin.ts'
import type { Door } from '../../engine/door/door.ts'
import type { Families } from '../../engine/prove/families.ts'
import type { Run } from '../../model/run.ts'
import { type Known, ledgerOf, mergeBaselines, untoldProbes } from '../obligations/baseline.ts'
import type { Change } from '../obligations/changes/change.ts'
import { type Duty, deriveObligations } from '../obligations/derive-obligations.ts'
import { feedbackOf } from '../obligations/feedback.ts'
import { findWeakened } from '../obligations/gates/find-weakened.ts'
import type { Ledger } from '../obligations/obligation.ts'
import { originsIn } from '../obligations/origins-in.ts'
import { proveObligations } from '../obligations/prove-obligations.ts'
import type { Start } from '../obligations/trees/start.ts'
import { takeTree } from '../obligations/trees/tree.ts'

/** What is due for the work as it is, and what the engine says of it. */
export type Duties = {
  ledger(): Ledger
  /** what the work is, as of the last assessment */
  changes(): readonly Change[]
  /** derives what is due now; evidence that is there for this very tree counts */
  assess(): Promise<Ledger>
  /** lets the engine run what has no answer yet */
  prove(signal: AbortSignal, onProgress: (line: string) => void): Promise<Ledger>
  /**
   * where only the files before the work tell whether a finding is new, proves these experiments on them, once: the
   * ledger says afterwards what is new and what was there
   */
  compare(signal: AbortSignal, onProgress: (line: string) => void): Promise<Ledger>
  /** which findings of a Run the work brought, and which it met */
  origins(run: Run): Promise<Origins>
  /** what is left, for a model: at most 4 KB; null while nothing is due */
  feedback(): string | null
}

export type DutyPorts = {
  root: string
  families: Families
  door: Pick<Door, 'prove' | 'proveEarlier' | 'evidence'>
  proveSeconds: number
  start: Start
  /** text of a file as it was at the start; null where it was not there */
  readStart(file: string): Promise<string | null>
}

const FEEDBACK_BYTES = 3_600

const EMPTY: Omit<Ledger, 'tree'> = { obligations: [], weakened: [], apart: [], problem: null }

/** One session's duties. The start stays what it was; everything else is read anew with each question. */
export const openDuties = (ports: DutyPorts): Duties => {
  const { root, families, door, start } = ports
  let ledger: Ledger = { tree: start.hash, ...EMPTY }
  let duty: Duty | null = null
  let runs: readonly Run[] = []
  let triedTree: string | null = null
  let baselines: readonly Run[] | null = null
  const compared = new Set<string>()
  const known = (weakened: Ledger['weakened']): Known => {
    baselines ??= door.evidence(start.hash)
    return { runs, baseline: mergeBaselines(baselines), weakened }
  }
  return {
    ledger: () => ledger,
    changes: () => duty?.changes ?? [],
    assess: async () => {
      const tree = await takeTree(root, families)
      const weakened = await findWeakened(start, tree, families)
      if (duty !== null && tree.hash === ledger.tree) {
        ledger = { ...ledger, weakened }
        return ledger
      }
      duty = deriveObligations(start, tree, families)
      runs = duty.obligations.length === 0 ? [] : door.evidence(tree.hash).toReversed()
      ledger = ledgerOf(duty, known(weakened))
      return ledger
    },
    prove: async (signal, onProgress) => {
      // An app that does not start says the same again.
      if (duty === null || (ledger.problem !== null && triedTree === ledger.tree)) return ledger
      triedTree = ledger.tree
      const options = {
        ...{ ledger, baseline: known([]).baseline, weakened: ledger.weakened },
        ...{ budgetSeconds: ports.proveSeconds, signal, onProgress },
      }
      try {
        const proved = await proveObligations(duty, door, options)
        ledger = proved.ledger
        if (proved.run !== null) runs = [...runs, proved.run]
      } catch (thrown) {
        signal.throwIfAborted()
        if (!(thrown instanceof Fault)) throw thrown
        ledger = { ...ledger, problem: `${thrown.message} ${thrown.hint}` }
      }
      return ledger
    },
    compare: async (signal, onProgress) => {
      if (duty === null) return ledger
      const only = untoldProbes(duty, known([])).filter((probe) => !compared.has(probe))
      if (only.length === 0) return ledger
      for (const probe of only) compared.add(probe)
      onProgress(`proving the files as they were at the start: ${only.join(', ')}`)
      const { proveSeconds: budgetSeconds, readStart: read } = ports
      const earlier = { hash: start.hash, hashes: start.hashes, read }
      try {
        const proved = await door.proveEarlier(earlier, { only, budgetSeconds, signal, onProgress })
        if (proved === null) return ledger
        baselines = [proved.run, ...(baselines ?? [])]
        ledger = ledgerOf(duty, known(ledger.weakened))
      } catch (thrown) {
        signal.throwIfAborted()
        // What it was before stays unknown then, which the ledger says already.
        if (!(thrown instanceof Fault)) throw thrown
      }
      return ledger
    },
    origins: async (run) => {
      // Its own duty: what is told in between changes nothing of what the session owes.
      const now = deriveObligations(start, await takeTree(root, families), families)
      return originsIn(run, now, known([]).baseline)
    },
    feedback: () =>
      ledger.obligations.length === 0 && ledger.weakened.length === 0
        ? null
        : feedbackOf(ledger, runs.at(-1) ?? null, FEEDBACK_BYTES),
  }
}

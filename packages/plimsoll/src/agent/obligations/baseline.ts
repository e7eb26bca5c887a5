import type { Run } from '../../model/run.ts'
import { answerableFor } from './answerable.ts'
import type { Duty } from './derive-obligations.ts'
import type { Ledger, Weakened } from './obligation.ts'
import { countsAgainst, join, settle } from './settle.ts'

/** What is known of the work: Runs of its tree, oldest first, and what was found before it began. */
export type Known = {
  runs: readonly Run[]
  baseline: Run | null
  weakened: readonly Weakened[]
}

/** What all of it comes to. */
export const ledgerOf = (duty: Duty, { runs, baseline, weakened }: Known): Ledger =>
  runs.reduce(
    (ledger, run) => join(ledger, settle(duty, { run, baseline, weakened })),
    settle(duty, { run: null, baseline, weakened }),
  )

/** Several Runs of one earlier tree as one: what any of them looked at was looked at. */
export const mergeBaselines = (runs: readonly Run[]): Run | null => {
  const [first] = runs
  if (first === undefined) return null
  return {
    ...first,
    probes: runs.flatMap(({ probes }) => probes),
    verdicts: runs.flatMap(({ verdicts }) => verdicts),
  }
}

/** Experiments with a finding of which only a Run of the files before can tell whether it was there already. */
export const untoldProbes = (duty: Duty, { runs, baseline }: Omit<Known, 'weakened'>): string[] => {
  const due = new Set(duty.obligations.map(({ probe }) => probe))
  const found = runs.flatMap((run) =>
    run.verdicts
      .filter((verdict) => due.has(verdict.probe) && countsAgainst(verdict, run))
      .filter(({ probe }) =>
        run.probes.some((record) => record.probe === probe && record.kind === 'experiment'),
      )
      .filter((verdict) => answerableFor(verdict, duty, baseline, false) === 'unknown'),
  )
  return [...new Set(found.map(({ probe }) => probe))]
}

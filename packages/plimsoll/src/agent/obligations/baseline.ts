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

/** A Run takes the place of an older one that drew the same; one that drew otherwise takes no refutation back. */
const withEverySeed = (ledgers: readonly Ledger[], whole: Ledger): Ledger => ({
  ...whole,
  obligations: whole.obligations.map((obligation) => {
    if (obligation.state === 'refuted') return obligation
    const same = ledgers.flatMap(({ obligations }) =>
      obligations.filter(({ probe, state }) => probe === obligation.probe && state === 'refuted'),
    )
    return same.at(-1) ?? obligation
  }),
})

/** What all of it comes to. */
export const ledgerOf = (duty: Duty, { runs, baseline, weakened }: Known): Ledger => {
  const fold = (some: readonly Run[]) =>
    some.reduce(
      (ledger, run) => join(ledger, settle(duty, { run, baseline, weakened })),
      settle(duty, { run: null, baseline, weakened }),
    )
  const seeds = [...new Set(runs.map(({ seed }) => seed))]
  const whole = fold(runs)
  if (seeds.length < 2) return whole
  return withEverySeed(
    seeds.map((seed) => fold(runs.filter((run) => run.seed === seed))),
    whole,
  )
}

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

import { CATEGORIES, type Category } from '../../model/priority.ts'
import type { Tally } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'

/** Proved defects only: suspicions and advice are counted apart and never fail the gate. */
export const isDefect = (verdict: Verdict) => verdict.status === 'refuted' && verdict.tier === 'defect'

/** One row for each category that has a verdict, in priority order. */
export const tally = (verdicts: readonly Verdict[], categoryOf: (standard: string) => Category): Tally[] =>
  CATEGORIES.flatMap((category) => {
    const own = verdicts.filter(
      (verdict) => verdict.status !== 'not-applicable' && categoryOf(verdict.standard) === category,
    )
    const count = (keep: (verdict: Verdict) => boolean) => own.filter(keep).length
    if (own.length === 0) return []
    return [
      {
        category,
        proven: count((verdict) => verdict.status === 'proven'),
        refuted: count(isDefect),
        inconclusive: count((verdict) => verdict.status === 'inconclusive'),
        errored: count((verdict) => verdict.status === 'errored'),
        suspicions: count((verdict) => verdict.status === 'refuted' && verdict.tier !== 'defect'),
      },
    ]
  })

import type { Origin, Origins } from '../../engine/digest/origin.ts'
import type { Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { answerableFor, wasThere } from './answerable.ts'
import type { Duty } from './derive-obligations.ts'
import { countsAgainst } from './settle.ts'

const originOf = (verdict: Verdict, duty: Duty, run: Run, baseline: Run | null): Origin => {
  const isStatic = run.probes.some(({ probe, kind }) => probe === verdict.probe && kind === 'inspection')
  const how = answerableFor(verdict, duty, baseline, isStatic)
  const before = wasThere(verdict, baseline)
  if (before === false) return 'new'
  if (how === 'touched') return before === true ? 'kept' : 'touched'
  if (before === true) return 'before'
  return how === 'apart' ? 'elsewhere' : 'unknown'
}

/** Which findings of a Run the work brought, and which it met. */
export const originsIn = (run: Run, duty: Duty, baseline: Run | null): Origins =>
  new Map(
    run.verdicts
      .filter((verdict) => countsAgainst(verdict, run))
      .map((verdict) => [verdict.id, originOf(verdict, duty, run, baseline)]),
  )

import { EXIT } from '../../base/errors/table.ts'
import { bySeverity, type Severity } from '../../model/priority.ts'
import type { Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { isDefect } from './tally.ts'

type Ending = {
  end: Run['end']
  verdicts: readonly Verdict[]
  failOn: Severity
  strict: boolean
  signal?: NodeJS.Signals
}

const fails = (verdict: Verdict, failOn: Severity) =>
  isDefect(verdict) && bySeverity(verdict.severity ?? 'low', failOn) <= 0

/**
 * The exit code of a proof. A proved defect stands however the proof ended; short of one, a partial Run must
 * never be taken for a whole one, and a probe of ours that broke is never a silent pass.
 */
export const exitCode = ({ end, verdicts, failOn, strict, signal }: Ending): number => {
  if (end === 'interrupted') return signal === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted
  if (end === 'not-ready') return EXIT.notReady
  if (verdicts.some((verdict) => fails(verdict, failOn))) return EXIT.findings
  if (end === 'budget') return EXIT.budget
  if (verdicts.some((verdict) => verdict.status === 'errored')) return EXIT.bug
  if (strict && verdicts.some((verdict) => verdict.status === 'inconclusive')) return EXIT.inconclusive
  return EXIT.proven
}

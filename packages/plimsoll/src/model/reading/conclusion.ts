import { formatCount, formatNumber } from '../../base/text/numbers.ts'
import { SEVERITIES } from '../priority.ts'
import type { Run } from '../run.ts'
import { type Reading, readVerdicts } from './findings.ts'

export type Conclusion = {
  /** bad: proved defects fail the gate; good: it passes and nothing is left open; open: anything else */
  mood: 'good' | 'bad' | 'open'
  /** what the proof ended in: one sentence, without its full stop */
  sentence: string
  /** `4 refuted`, `21 proven`, `2 inconclusive`: only what there is, refuted and proven always */
  counts: string[]
}

/** How a Run ended, in words that every report uses. */
export const conclude = (run: Run): Conclusion => {
  const reading = readVerdicts(run)
  const defects = reading.defects.flatMap((group) => group.verdicts)
  const failing = defects.filter(
    (verdict) => SEVERITIES.indexOf(verdict.severity ?? 'low') <= SEVERITIES.indexOf(run.failOn),
  )
  const counts = [
    `${formatNumber(defects.length)} refuted`,
    `${formatNumber(reading.proven.length)} proven`,
    ...(reading.inconclusive.length > 0 ? [`${formatNumber(reading.inconclusive.length)} inconclusive`] : []),
    ...(reading.errored.length > 0 ? [`${formatNumber(reading.errored.length)} errored`] : []),
  ]
  const undecided = reading.inconclusive.length + reading.errored.length > 0
  const mood = run.exitCode === 1 ? 'bad' : run.exitCode === 0 && !undecided ? 'good' : 'open'
  const sentence = sentenceOf(run, { defects: defects.length, failing: failing.length, reading })
  return { mood, sentence, counts }
}

type Seen = { defects: number; failing: number; reading: Reading }

const sentenceOf = (run: Run, { defects, failing, reading }: Seen): string => {
  const proved = `${formatCount(defects, 'defect')} proved`
  if (run.end === 'not-ready') return 'The app never got ready, so no experiment could run'
  if (run.end === 'interrupted') return `Interrupted, with ${proved} until then`
  const early = run.end === 'budget' ? ` before the budget of ${run.budgetSeconds} s ran out` : ''
  if (failing > 0) return `${proved}${early}`
  if (defects > 0) return `${proved}${early}, none of them ${run.failOn} or worse`
  if (early !== '') return `No defect found${early}`
  if (reading.proven.length === 0) return 'Nothing could be decided'
  const open = reading.inconclusive.length + reading.errored.length
  if (open === 0) return 'Every promise that was tried held'
  return `Nothing refuted; ${formatCount(open, 'promise')} could not be decided`
}

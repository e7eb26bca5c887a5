import { formatCount, formatNumber } from '../../base/text/numbers.ts'
import { SEVERITIES } from '../priority.ts'
import type { Run } from '../run.ts'
import { readVerdicts } from './findings.ts'

export type Conclusion = {
  /** good: the gate passes; bad: it fails; open: it could not be decided */
  mood: 'good' | 'bad' | 'open'
  /** one sentence without a full stop of numbers: what the proof ended in */
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
  return { ...judge(run, { defects: defects.length, failing: failing.length, reading }), counts }
}

const judge = (
  run: Run,
  seen: { defects: number; failing: number; reading: ReturnType<typeof readVerdicts> },
): Pick<Conclusion, 'mood' | 'sentence'> => {
  const proved = `${formatCount(seen.defects, 'defect')} proved`
  if (run.end === 'not-ready') {
    return { mood: 'open', sentence: 'The app never got ready, so nothing was proved' }
  }
  if (run.end === 'interrupted') {
    return { mood: seen.failing > 0 ? 'bad' : 'open', sentence: `Interrupted, with ${proved} until then` }
  }
  const early = run.end === 'budget' ? ` before the budget of ${run.budgetSeconds} s ran out` : ''
  if (seen.failing > 0) return { mood: 'bad', sentence: `${proved}${early}` }
  if (seen.defects > 0) {
    return { mood: 'good', sentence: `${proved}${early}, none of them ${run.failOn} or worse` }
  }
  if (early !== '') return { mood: 'open', sentence: `No defect found${early}` }
  if (seen.reading.proven.length === 0) return { mood: 'open', sentence: 'Nothing could be decided' }
  const open = seen.reading.inconclusive.length + seen.reading.errored.length
  if (open === 0) return { mood: 'good', sentence: 'Every promise that was tried held' }
  const rest = formatCount(open, 'promise')
  return { mood: run.strict ? 'open' : 'good', sentence: `Nothing refuted; ${rest} could not be decided` }
}

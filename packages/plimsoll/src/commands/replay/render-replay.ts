import { tellEvidence } from '../../model/reading/tell-evidence.ts'
import type { Judgement, Verdict } from '../../model/verdict.ts'

/** With what stands before it, a line of the terminal's 80 columns. */
const DRAWING_COLUMNS = 76

/** What was said then, what is seen now. */
export const renderReplay = (
  before: Verdict,
  { judgement, reproduced }: { judgement: Judgement | null; reproduced: boolean },
): string => {
  const now =
    judgement === null
      ? 'the probe no longer speaks of this subject'
      : `${judgement.status}: ${judgement.title}`
  const evidence = judgement?.evidence.flatMap((one) => tellEvidence(one, DRAWING_COLUMNS)) ?? []
  const text = [
    `⦵ ${before.id}  ${before.title}`,
    `  then  ${before.status} · ${before.detail}`,
    `  now   ${now}${judgement === null ? '' : ` · ${judgement.detail}`}`,
    `  ${reproduced ? 'reproduced' : 'not reproduced'}`,
    ...evidence.map((line) => `    ${line}`),
  ]
  return `${text.join('\n')}\n`
}

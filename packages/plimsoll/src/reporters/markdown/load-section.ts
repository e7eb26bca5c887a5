import { readLoadLine, tellLoad } from '../../model/reading/load-line.ts'
import type { Run } from '../../model/run.ts'
import { escapeText } from './escape.ts'
import { evidenceText } from './sections.ts'

/** The load line in one sentence, and behind it how it was found, where no section of its own shows that already. */
export const loadSection = (run: Run): string[] => {
  const found = readLoadLine(run)
  if (found === null) return []
  const { verdict, load } = found
  const said = `**Load line** ⦵ ${escapeText(tellLoad(load).join(' · '))}`
  if (verdict.status === 'refuted' && verdict.tier === 'defect') return [said]
  const evidence = verdict.evidence.flatMap(evidenceText)
  return [said, ['<details><summary>how it was found</summary>', ...evidence, '</details>'].join('\n\n')]
}

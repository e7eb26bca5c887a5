import { readLoadLine, tellLoad } from '../../model/reading/load-line.ts'
import type { Run } from '../../model/run.ts'
import { escapeText } from './escape.ts'
import { evidenceText } from './sections.ts'

/** The load line in one sentence, what it was read from behind it; nothing when no load was sent. */
export const loadSection = (run: Run): string[] => {
  const found = readLoadLine(run)
  if (found === null) return []
  const measured = found.verdict.evidence.filter(({ kind }) => kind === 'load' || kind === 'latencies')
  return [
    `**Load line** ⦵ ${escapeText(tellLoad(found.load).join(' · '))}`,
    ['<details><summary>how it was found</summary>', ...measured.flatMap(evidenceText), '</details>'].join(
      '\n\n',
    ),
  ]
}

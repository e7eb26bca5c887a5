import { conclude } from '../../model/reading/conclusion.ts'
import { readVerdicts } from '../../model/reading/findings.ts'
import { tellOutbound } from '../../model/reading/outbound.ts'
import { defineReporter } from '../define.ts'
import { loadSection } from './load-section.ts'
import {
  factLine,
  listSection,
  outboundSection,
  problemSection,
  tallyTable,
  verdictSection,
} from './sections.ts'

export default defineReporter({
  id: 'markdown',
  title: 'Markdown: a summary for a pull request',
  file: 'report.md',
  render: (run) => {
    const reading = readVerdicts(run)
    const { sentence, counts } = conclude(run)
    const defects = reading.defects.flatMap((group) => group.verdicts)
    const blocks = [
      `## ⦵ ${sentence}`,
      `${counts.join(' · ')} · exit ${run.exitCode}`,
      ...problemSection(run),
      ...tallyTable(run),
      ...loadSection(run),
      ...defects.map((verdict) => verdictSection(run, verdict)),
      ...listSection('Inconclusive', 'neither proven nor refuted', reading.inconclusive),
      ...listSection('Errored', 'could not be carried out', reading.errored),
      ...listSection('Suspicions', 'not proved; they never fail the gate', reading.suspicions),
      ...listSection('Advice', 'never fails the gate', reading.advice),
      ...listSection('Proven', 'tried, and held', reading.proven),
      ...(run.notCovered.length > 0 ? [`**Not covered:** ${run.notCovered.join(', ')}.`] : []),
      ...outboundSection(tellOutbound(run)),
      factLine(run),
    ]
    return `${blocks.join('\n\n')}\n`
  },
})

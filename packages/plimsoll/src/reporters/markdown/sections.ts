import { formatDuration } from '../../base/text/numbers.ts'
import type { Evidence } from '../../model/evidence.ts'
import { curlLine } from '../../model/reading/curl.ts'
import { detailOf } from '../../model/reading/detail.ts'
import { drawMatrix } from '../../model/reading/draw-matrix.ts'
import { drawMeasured, isMeasured } from '../../model/reading/draw-measured.ts'
import { drawSchedule } from '../../model/reading/draw-schedule.ts'
import { figureLine } from '../../model/reading/figure.ts'
import { categoryOf } from '../../model/reading/findings.ts'
import type { Run } from '../../model/run.ts'
import type { Verdict } from '../../model/verdict.ts'
import { code, codeBlock, escapeText } from './escape.ts'

const dash = (count: number) => (count === 0 ? '–' : String(count))

export const tallyTable = (run: Run): string[] =>
  run.tallies.length === 0
    ? []
    : [
        [
          '| | refuted | proven | inconclusive | errored |',
          '|---|--:|--:|--:|--:|',
          ...run.tallies.map(
            (it) =>
              `| ${it.category} | ${dash(it.refuted)} | ${dash(it.proven)} | ${dash(it.inconclusive)} | ${dash(it.errored)} |`,
          ),
        ].join('\n'),
      ]

/** Facts that stand on lines of their own stay apart. */
const textLines = (title: string, lines: readonly string[]): string[] =>
  lines.length === 1
    ? [`${escapeText(title)}: ${escapeText(lines.join(''))}`]
    : [escapeText(title), lines.map((line) => `- ${escapeText(line)}`).join('\n')]

/** What fits a comment of each kind of evidence; time lines and long tables stay in the HTML report. */
export const evidenceText = (evidence: Evidence): string[] => {
  if (evidence.kind === 'log')
    return [escapeText(evidence.title), codeBlock(evidence.lines.slice(-12).join('\n'))]
  if (evidence.kind === 'source') {
    const place = `${evidence.place.file}:${evidence.place.line}`
    return [`${escapeText(evidence.title)}, ${code(place)}`, codeBlock(evidence.excerpt)]
  }
  if (evidence.kind === 'exchange') {
    const { exchange } = evidence
    const answer = exchange.status === null ? (exchange.error ?? 'no answer') : String(exchange.status)
    const title = `${escapeText(evidence.title)}: ${escapeText(answer)} after ${formatDuration(exchange.durationMs)}`
    return [title, codeBlock(curlLine(exchange), 'sh')]
  }
  if (evidence.kind === 'statements') {
    const lines = evidence.statements.slice(0, 8).map((it) => `#${it.connection}  ${it.sql}`)
    return [escapeText(evidence.title), codeBlock(lines.join('\n'))]
  }
  if (evidence.kind === 'matrix')
    return [escapeText(evidence.title), codeBlock(drawMatrix(evidence.matrix, 100).join('\n'))]
  if (evidence.kind === 'schedule')
    return [escapeText(evidence.title), codeBlock(drawSchedule(evidence.played).join('\n'))]
  if (evidence.kind === 'text')
    return textLines(
      evidence.title,
      evidence.text.split('\n').filter((line) => line.trim() !== ''),
    )
  return isMeasured(evidence)
    ? [escapeText(evidence.title), codeBlock(drawMeasured(evidence).join('\n'))]
    : []
}

export const verdictSection = (run: Run, verdict: Verdict): string => {
  const { passed, of } = verdict.confirmations
  const folded = [
    ...verdict.figures.map((figure) => `- ${escapeText(figureLine(figure))}`),
    ...(verdict.repairs.length > 0
      ? ['', '**What would help**', '', ...verdict.repairs.map((repair) => `1. ${escapeText(repair)}`)]
      : []),
    ...verdict.evidence.flatMap(evidenceText).flatMap((text) => ['', text]),
    ...(verdict.notCovered.length > 0
      ? ['', `Not covered: ${verdict.notCovered.map(escapeText).join('; ')}.`]
      : []),
  ]
  const details =
    folded.length === 0 ? [] : ['<details><summary>evidence</summary>', '', ...folded, '', '</details>']
  return [
    `### ✖ ${escapeText(verdict.title)}`,
    '',
    `${code(verdict.id)} · ${categoryOf(run)(verdict)} · **${verdict.severity ?? 'low'}** · ${passed} of ${of}`,
    '',
    escapeText(detailOf(verdict)),
    '',
    ...(verdict.replay ? [codeBlock(verdict.replay, 'sh'), ''] : []),
    ...details,
  ]
    .join('\n')
    .trimEnd()
}

/** What the app wanted of the world outside the lab. */
export const outboundSection = (told: readonly string[]): string[] =>
  told.length === 0 ? [] : [['**Outbound**', '', ...told.map((line) => `- ${escapeText(line)}`)].join('\n')]

export const listSection = (title: string, meaning: string, verdicts: readonly Verdict[]): string[] =>
  verdicts.length === 0
    ? []
    : [
        [
          `<details><summary><b>${title}</b> (${verdicts.length}): ${meaning}</summary>`,
          '',
          ...verdicts.map(
            (it) => `- ${code(it.id)} **${escapeText(it.title)}**: ${escapeText(detailOf(it))}`,
          ),
          '',
          '</details>',
        ].join('\n'),
      ]

export const problemSection = (run: Run): string[] =>
  run.problem === undefined
    ? []
    : [
        codeBlock(run.problem.message),
        `**Next:** ${escapeText(run.problem.hint)} (${code(run.problem.code)})`,
      ]

export const factLine = (run: Run): string => {
  const { machine } = run
  const commit = run.system.commit?.slice(0, 7)
  const facts = [
    `plimsoll ${run.plimsoll}`,
    code(`plimsoll prove ${run.target}`.trimEnd()),
    ...(commit === undefined ? [] : [`commit ${code(run.system.dirty ? `${commit} + changes` : commit)}`]),
    `seed ${run.seed}`,
    `${machine.cores} cores, Node ${machine.node.replace(/^v/, '')}`,
    formatDuration(run.durationMs),
  ]
  return `<sub>${facts.join(' · ')}</sub>`
}

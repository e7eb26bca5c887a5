import type { Evidence } from '../../model/evidence.ts'
import { drawMatrix } from '../../model/reading/draw-matrix.ts'
import { drawMeasured } from '../../model/reading/draw-measured.ts'
import { drawSchedule } from '../../model/reading/draw-schedule.ts'
import type { Judgement, Verdict } from '../../model/verdict.ts'

/** With what stands before it, a line of the terminal's 80 columns. */
const DRAWING_COLUMNS = 76

const lines = (evidence: Evidence): string[] => {
  switch (evidence.kind) {
    case 'text':
      return [evidence.title, ...evidence.text.split('\n').map((line) => `  ${line}`)]
    case 'log':
      return [evidence.title, ...evidence.lines.map((line) => `  ${line}`)]
    case 'exchange': {
      const { method, path, status, error, durationMs } = evidence.exchange
      return [
        evidence.title,
        `  ${method} ${path} → ${status ?? error ?? 'no answer'} after ${Math.round(durationMs)} ms`,
      ]
    }
    case 'source':
      return [`${evidence.title}: ${evidence.place.file}:${evidence.place.line}`, `  ${evidence.excerpt}`]
    case 'statements':
      return [evidence.title, ...evidence.statements.slice(0, 5).map(({ sql }) => `  ${sql}`)]
    case 'timeline':
      return [
        evidence.title,
        ...evidence.timeline.marks.map(({ atMs, label }) => `  ${Math.round(atMs)} ms  ${label}`),
      ]
    case 'schedule':
      return [evidence.title, ...drawSchedule(evidence.played, DRAWING_COLUMNS)]
    case 'matrix':
      return [evidence.title, ...drawMatrix(evidence.matrix, DRAWING_COLUMNS)]
    case 'load':
    case 'latencies':
    case 'growth':
    case 'course':
      return [evidence.title, ...drawMeasured(evidence, DRAWING_COLUMNS)]
  }
}

/** What was said then, what is seen now. */
export const renderReplay = (
  before: Verdict,
  { judgement, reproduced }: { judgement: Judgement | null; reproduced: boolean },
): string => {
  const now =
    judgement === null
      ? 'the probe no longer speaks of this subject'
      : `${judgement.status}: ${judgement.title}`
  const text = [
    `⦵ ${before.id}  ${before.title}`,
    `  then  ${before.status} · ${before.detail}`,
    `  now   ${now}${judgement === null ? '' : ` · ${judgement.detail}`}`,
    `  ${reproduced ? 'reproduced' : 'not reproduced'}`,
    ...(judgement?.evidence.flatMap(lines).map((line) => `    ${line}`) ?? []),
  ]
  return `${text.join('\n')}\n`
}

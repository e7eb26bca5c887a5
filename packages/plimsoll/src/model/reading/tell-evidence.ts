import type { Evidence, Exchange } from '../evidence.ts'
import { drawMatrix } from './draw-matrix.ts'
import { drawMeasured } from './draw-measured.ts'
import { drawSchedule } from './draw-schedule.ts'

const MOST_STATEMENTS = 5

/** `POST /orders → 201 after 9 ms` */
export const tellExchange = ({ method, path, status, error, durationMs }: Exchange): string =>
  `${method} ${path} → ${status ?? error ?? 'no answer'} after ${Math.round(durationMs)} ms`

/** One piece of evidence as lines of text, drawn no wider than `columns`. */
export const tellEvidence = (evidence: Evidence, columns: number): string[] => {
  switch (evidence.kind) {
    case 'text':
      return [evidence.title, ...evidence.text.split('\n').map((line) => `  ${line}`)]
    case 'log':
      return [evidence.title, ...evidence.lines.map((line) => `  ${line}`)]
    case 'exchange':
      return [evidence.title, `  ${tellExchange(evidence.exchange)}`]
    case 'source':
      return [`${evidence.title}: ${evidence.place.file}:${evidence.place.line}`, `  ${evidence.excerpt}`]
    case 'statements':
      return [evidence.title, ...evidence.statements.slice(0, MOST_STATEMENTS).map(({ sql }) => `  ${sql}`)]
    case 'timeline':
      return [
        evidence.title,
        ...evidence.timeline.marks.map(({ atMs, label }) => `  ${Math.round(atMs)} ms  ${label}`),
      ]
    case 'schedule':
      return [evidence.title, ...drawSchedule(evidence.played, columns)]
    case 'matrix':
      return [evidence.title, ...drawMatrix(evidence.matrix, columns)]
    case 'load':
    case 'latencies':
    case 'growth':
    case 'course':
      return [evidence.title, ...drawMeasured(evidence, columns)]
  }
}

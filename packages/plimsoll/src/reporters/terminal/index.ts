import { readVerdicts } from '../../model/reading/findings.ts'
import { defineReporter } from '../define.ts'
import { loadLines } from './load-lines.ts'
import { createPaint } from './paint.ts'
import {
  categoryLines,
  headLines,
  otherLines,
  outboundLines,
  type Page,
  problemLines,
  reachLines,
  summaryLines,
} from './sections.ts'

const block = (lines: string[]) => (lines.length > 0 ? [...lines, ''] : [])

export default defineReporter({
  id: 'terminal',
  title: 'Terminal: every finding with its replay, in the columns there are',
  file: null,
  render: (run, options) => {
    const page: Page = {
      run,
      reading: readVerdicts(run),
      width: Math.max(40, options.width),
      paint: createPaint(options.color),
      runDir: options.runDir,
    }
    const lines = [
      ...block(headLines(page)),
      ...block(problemLines(page)),
      ...block([...categoryLines(page), ...loadLines(page), ...otherLines(page)]),
      ...block([...reachLines(page), ...outboundLines(page)]),
      ...summaryLines(page),
    ]
    return `${lines.join('\n')}\n`
  },
})

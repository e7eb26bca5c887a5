import { formatDuration } from '../../base/text/numbers.ts'
import { wrap } from '../../base/text/wrap.ts'
import type { LoadChart } from '../evidence.ts'
import { tellLoad } from './load-line.ts'
import { formatRate, formatShare, formatSpan, type LoadPoint } from './load-words.ts'
import { createLogAxis, type LogAxis } from './log-axis.ts'

const RATE_COLUMNS = 10
const P99_COLUMNS = 9
const SIGNS: Readonly<Record<LoadPoint['side'], string>> = { inside: ' ', outside: '✖', undecided: '?' }

type Frame = { axis: LogAxis; columns: number; limit: number }

const columnOf = ({ axis, columns }: Omit<Frame, 'limit'>, ms: number) =>
  Math.round(axis.at(ms) * (columns - 1))

/** From the median to p99, with the limit where it is not hidden by either. */
const range = (point: LoadPoint, frame: Frame): string => {
  const cells = Array.from({ length: frame.columns }, () => ' ')
  const from = columnOf(frame, point.p50Ms)
  const to = columnOf(frame, point.p99Ms)
  cells.fill('─', from, to)
  cells[frame.limit] = from < frame.limit && frame.limit < to ? '┼' : '┊'
  cells[from] = '○'
  cells[to] = '●'
  return cells.join('')
}

/** Names of the round values, each over its column, but for those that would touch another one. */
const axisLine = (frame: Frame): string => {
  let line = ''
  for (const ms of frame.axis.ticks) {
    const text = formatDuration(ms).replace('.0 s', ' s')
    const at = Math.min(columnOf(frame, ms), frame.columns - text.length)
    if (line === '' || at > line.length + 1) line = line.padEnd(at) + text
  }
  return line
}

const tellFailed = ({ failedShare }: LoadPoint) =>
  failedShare > 0 ? `  ${formatShare(failedShare)} failed` : ''

const pointLine = (point: LoadPoint, frame: Frame): string => {
  const rate = `${formatRate(point.ratePerSecond)}/s`.padStart(RATE_COLUMNS)
  const p99 = formatDuration(point.p99Ms).padStart(P99_COLUMNS)
  return `${rate} ${SIGNS[point.side]}${p99}  ${range(point, frame)}${tellFailed(point)}`.trimEnd()
}

const markLine = ({ ratePerSecond, interval }: NonNullable<LoadChart['line']>, frame: Frame): string => {
  const rate = `${formatRate(ratePerSecond)}/s`.padStart(RATE_COLUMNS)
  const said = ` ${formatSpan(interval)} `
  return `${rate} ⦵${'─'.repeat(P99_COLUMNS + 2 - 1)}${said}${'─'.repeat(Math.max(0, frame.columns - said.length + 1))}`
}

/** The signs beside each other, on as many lines as they need. */
const legend = (signs: readonly string[], width: number): string[] => {
  const lines: string[] = []
  for (const sign of signs) {
    const longer = `${lines.at(-1)}   ${sign}`
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer
    else lines.push(sign)
  }
  return lines
}

/**
 * A line for each rate that was tried, the slow end to the right, the mark between those inside and those beyond:
 *
 * ```
 *       rate        p99  1 ms       10 ms       100 ms      1 s
 *    1,200/s     143 ms     ○─────────────────────●  ┊
 *    1,340/s ⦵────────── (1,290–1,390) ───────────────────────
 *    1,500/s ✖    1.2 s         ○────────────────────┼───────●
 * ```
 */
export const drawLoad = (load: LoadChart, width = 80): string[] => {
  const points = load.points.toSorted((a, b) => a.ratePerSecond - b.ratePerSecond)
  const axis = createLogAxis([load.slowMs, ...points.flatMap(({ p50Ms, p99Ms }) => [p50Ms, p99Ms])])
  const failures = Math.max(0, ...points.map((point) => tellFailed(point).length))
  const columns = Math.max(20, width - RATE_COLUMNS - P99_COLUMNS - 4 - failures)
  const frame = { axis, columns, limit: columnOf({ axis, columns }, load.slowMs) }
  const { line } = load
  const after = line === null ? -1 : points.filter((it) => it.ratePerSecond <= line.ratePerSecond).length
  const rows = points.map((point) => pointLine(point, frame))
  const drawn = line === null ? rows : rows.toSpliced(after, 0, markLine(line, frame))
  const signs = [
    '○ p50',
    '● p99',
    `┊ ${formatDuration(load.slowMs)}`,
    ...(line === null ? [] : ['⦵ the load line']),
    ...(points.some(({ side }) => side === 'outside') ? ['✖ outside the standard'] : []),
    ...(points.some(({ side }) => side === 'undecided') ? ['? undecided'] : []),
  ]
  const head = `${'rate'.padStart(RATE_COLUMNS)}  ${'p99'.padStart(P99_COLUMNS)}  ${axisLine(frame)}`
  const limits = tellLoad(load)
    .slice(1)
    .flatMap((text) => wrap(text, { width, hanging: '  ' }))
  return [head, ...drawn, '', ...limits, ...legend(signs, width)]
}

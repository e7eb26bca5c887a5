import { shortId } from '../../base/ids/short-id.ts'
import { proportionBounds } from '../../base/stats/clopper-pearson.ts'
import { formatCount } from '../../base/text/numbers.ts'
import type { Standard } from '../../model/standard.ts'
import { type Figure, inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './index.ts'

const CONFIDENCE = 0.95
const percent = (value: number) => `${(value * 100).toFixed(value < 0.1 ? 2 : 1)} %`

const quantile = (sorted: readonly number[], p: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? 0

const figureOf = (slow: number, n: number, limitMs: number): Figure => {
  const { lower, upper } = proportionBounds(slow, n, CONFIDENCE)
  return {
    name: `statements ≥ ${limitMs} ms`,
    value: n === 0 ? 0 : slow / n,
    unit: 'proportion',
    n,
    interval: [lower, upper],
    method: 'Clopper–Pearson, one-sided 95 % bounds; timed on the wire',
  }
}

type Row = Seen['shapes'][number]

const slowOf = ({ durationsMs }: Row, limitMs: number) => durationsMs.filter((ms) => ms >= limitMs).length

const offender = (row: Row, limitMs: number): Judgement => {
  const sorted = [...row.durationsMs].sort((a, b) => a - b)
  return refuted({
    subject: `statement ${shortId([row.shape])}`,
    title: 'A statement is slow',
    detail: `${slowOf(row, limitMs)} of ${sorted.length} took ${limitMs} ms or more, median ${quantile(sorted, 0.5).toFixed(0)} ms · on ${row.route}`,
    severity: 'medium',
    repairs: [
      'EXPLAIN (ANALYZE, BUFFERS) it with production-sized tables: an index, a smaller result, or less work in it.',
    ],
    evidence: [{ kind: 'text', title: 'The statement', text: row.shape }],
    figures: [figureOf(slowOf(row, limitMs), sorted.length, limitMs)],
  })
}

export const judge = (seen: Seen, standard: Standard): Judgement[] => {
  const limitMs = standard.threshold.limit ?? 100
  const most = standard.threshold.value
  // Slowness that the store shows without the app is the machine's; only what exceeds it is the statement's.
  const noise = seen.sentinelMs.filter((ms) => ms >= limitMs).length
  const machine = noise === 0 ? 0 : proportionBounds(noise, seen.sentinelMs.length, CONFIDENCE).upper
  const offenders = seen.shapes.filter((row) => {
    const slow = slowOf(row, limitMs)
    return (
      slow >= 3 && proportionBounds(slow, row.durationsMs.length, CONFIDENCE).lower > Math.max(most, machine)
    )
  })
  if (offenders.length > 0) return offenders.map((row) => offender(row, limitMs))
  const n = seen.shapes.reduce((sum, { durationsMs }) => sum + durationsMs.length, 0)
  const slow = seen.shapes.reduce((sum, row) => sum + slowOf(row, limitMs), 0)
  const figure = figureOf(slow, n, limitMs)
  const upper = figure.interval?.[1] ?? 1
  const said = { subject: seen.store, figures: [figure], notCovered: ['tables of production size'] }
  const detail = `${slow} of ${formatCount(n, 'statement')} of ${formatCount(seen.shapes.length, 'shape')} took ${limitMs} ms or more: under ${percent(upper)} at 95 %`
  if (upper < most) return [proven({ ...said, title: 'Statements are quick', detail })]
  if (noise === 0) {
    return [inconclusive({ ...said, title: 'Not enough statements to prove that they are quick', detail })]
  }
  const busy = `${noise} of ${seen.sentinelMs.length} times SELECT 1 itself took ${limitMs} ms or more past the app: the machine was busy`
  return [inconclusive({ ...said, title: 'Statements could not be timed', detail: `${busy} · ${detail}` })]
}

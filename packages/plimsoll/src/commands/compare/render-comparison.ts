import { formatCount, formatDigits, formatDuration, formatNumber } from '../../base/text/numbers.ts'
import { wrap } from '../../base/text/wrap.ts'
import type { ComparedSide, Comparison, MetricComparison } from '../../engine/compare/comparison.ts'
import { alignColumns } from '../../model/reading/columns.ts'
import { formatShare } from '../../model/reading/load-words.ts'

const percent = (share: number): string =>
  `${share >= 0 ? '+' : ''}${(share * 100).toFixed(Math.abs(share) < 0.9995 ? 1 : 0)}`.replace('-', '−')

const amount = (value: number | null, unit: string): string => {
  if (value === null) return '–'
  if (unit === 'share') return formatShare(value)
  const shown = formatDigits(value, 3)
  return unit.startsWith('/') ? `${shown}${unit}` : `${shown} ${unit}`.trim()
}

const changeOf = ({ change, interval }: MetricComparison): string => {
  if (change === null) return ''
  const range = interval === null ? '' : ` (${percent(interval[0])} … ${percent(interval[1])})`
  return `${percent(change)} %${range}`
}

const rowOf = (metric: MetricComparison): string[] => [
  metric.title,
  amount(metric.a, metric.unit),
  amount(metric.b, metric.unit),
  changeOf(metric),
  metric.answer,
]

const nameOf = ({ name, commit }: ComparedSide) =>
  commit === null || commit.startsWith(name) ? name : `${name} (${commit.slice(0, 7)})`

const howOf = ({
  how,
  pairs,
  ratePerSecond,
  operations,
  durationMs,
  margin,
  machine,
}: Comparison): string => {
  const within = `a change within ${formatNumber(margin * 100)} % is none`
  if (how === 'saved' || pairs === null) return `two saved Runs · ${within}`
  const again = pairs.repeated > 0 ? `, ${pairs.repeated} measured again` : ''
  return [
    `${formatCount(pairs.used, 'pair')} of blocks in ${formatCount(pairs.rounds, 'round')}${again}`,
    formatCount(operations.length, 'operation'),
    ...(ratePerSecond === null ? [] : [`response times at ${formatNumber(ratePerSecond)}/s`]),
    formatCount(machine.cores, 'core'),
    within,
    formatDuration(durationMs),
  ].join(' · ')
}

/** The answer, its figures, and what limits it. */
export const renderComparison = (comparison: Comparison, width: number): string => {
  const { answer, reason, a, b, metrics, left, notes } = comparison
  const table = alignColumns([['', 'A', 'B', 'B against A', ''], ...metrics.map(rowOf)], {
    width: width - 2,
    left: [0, 3, 4],
  })
  const said = [
    howOf(comparison),
    ...notes,
    ...left.map(({ name, reason: why }) => `not sent: ${name}, ${why}`),
  ]
  const text = [
    `⦵ ${answer}   A ${nameOf(a)} · B ${nameOf(b)}`,
    ...wrap(reason, { width, indent: '  ' }),
    '',
    ...(metrics.length > 0 ? [...table.map((line) => `  ${line}`.trimEnd()), ''] : []),
    ...said.flatMap((line) => wrap(line, { width, indent: '  ', hanging: '    ' })),
  ]
  return `${text.join('\n')}\n`
}

import { formatDuration, formatNumber } from '../../base/text/numbers.ts'
import type { Figure } from '../verdict.ts'

/** Numbers of things, and numbers that are nothing but numbers. */
const UNNAMED = new Set(['count', '', '1'])

const withUnit = (value: number, unit: string): string => {
  if (unit === 'ms' && Math.abs(value) >= 1_000) return withUnit(value / 1_000, 's')
  if (unit === 's' && Math.abs(value) >= 600) return formatDuration(value * 1_000)
  if (unit === 'proportion') return `${formatNumber(value * 100)} %`
  if (unit.endsWith('/s')) return `${formatNumber(value)}/s`
  return UNNAMED.has(unit) ? formatNumber(value) : `${formatNumber(value)} ${unit}`
}

/** The parts of a figure as they are shown: a number never stands without them. */
export const formatFigure = (figure: Figure) => ({
  name: figure.name,
  value: withUnit(figure.value, figure.unit),
  interval: figure.interval
    ? `${withUnit(figure.interval[0], figure.unit)} – ${withUnit(figure.interval[1], figure.unit)}`
    : null,
  n: `n = ${formatNumber(figure.n)}`,
  method: figure.method,
})

/** One line: `answer while slow 30 s (29 s – 31 s) · n = 12 · median, bootstrap` */
export const figureLine = (figure: Figure): string => {
  const parts = formatFigure(figure)
  const interval = parts.interval === null ? '' : ` (${parts.interval})`
  return `${parts.name} ${parts.value}${interval} · ${parts.n} · ${parts.method}`
}

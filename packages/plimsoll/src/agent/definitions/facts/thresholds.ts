import type { StatedThreshold } from '../../../model/agent.ts'
import { named, type Section, type Statement } from './outline.ts'
import { type Quantity, quantitiesOf, toSeconds } from './quantities.ts'

type Measure = {
  /** what the words around the figure say that it is */
  words: RegExp
  units: 'duration' | '%' | '/s' | 'downtime'
  /** what is meant where nothing is compared */
  comparison: StatedThreshold['comparison']
  standard: string | null
}

/** The first that fits decides, in the words of the line before those of its headings. */
const MEASURES: readonly Measure[] = [
  {
    words: /recover|\brto\b|mttr|fail-?over|restor/i,
    units: 'duration',
    comparison: '<=',
    standard: 'reliability.recovery',
  },
  { words: /\brpo\b|data loss/i, units: 'duration', comparison: '<=', standard: null },
  {
    words: /shut ?down|drain|sigterm/i,
    units: 'duration',
    comparison: '<=',
    standard: 'reliability.shutdown',
  },
  {
    words: /quer(y|ies)|database|\bsql\b|\bdb\b|statement/i,
    units: 'duration',
    comparison: '<',
    standard: 'performance.query',
  },
  {
    words: /response|latenc|\bapis?\b|request|endpoint|route|p9\d/i,
    units: 'duration',
    comparison: '<',
    standard: 'performance.api',
  },
  { words: /soak|leak/i, units: 'duration', comparison: '>=', standard: 'reliability.soak' },
  {
    words: /errors?\b|fail(ure|ed|ing|s)?\b|5xx/i,
    units: '%',
    comparison: '<',
    standard: 'reliability.error-rate',
  },
  { words: /success/i, units: '%', comparison: '>=', standard: 'reliability.error-rate' },
  { words: /availab|uptime|\bsl[ao]\b|critical/i, units: '%', comparison: '>=', standard: null },
  { words: /coverage/i, units: '%', comparison: '>=', standard: null },
  { words: /./, units: '/s', comparison: '>=', standard: 'performance.throughput' },
  { words: /./, units: 'downtime', comparison: '<=', standard: null },
]

const kindOf = (unit: string): Measure['units'] => {
  if (unit === '%' || unit === '/s') return unit
  return unit.includes('/') ? 'downtime' : 'duration'
}

/** Another percentile than the one that our standards are held at is another promise. */
const PERCENTILE = /\bp(\d{2}(?:\.\d+)?)\b|(\d{2})(?:th|nd|rd|st) percentile/i
const otherPercentile = (text: string) => {
  const said = PERCENTILE.exec(text)
  return said !== null && (said[1] ?? said[2]) !== '99'
}

const HEADINGS =
  /standard|target|requirement|objective|\bsl[aoi]s?\b|threshold|limit|budget|uptime|availab|performance|reliab|quality|goal/i

const measureOf = (quantity: Quantity, texts: readonly string[]): Measure | null => {
  const kind = kindOf(quantity.unit)
  const fitting = MEASURES.filter(({ units }) => units === kind)
  for (const text of texts) {
    const found = fitting.find(({ words }) => words.test(text))
    if (found !== undefined) return found
  }
  return null
}

const readStatement = (statement: Statement, section: Section): StatedThreshold[] => {
  const { name, value } = named(statement.text)
  const isStandards = section.path.some((title) => HEADINGS.test(title))
  return quantitiesOf(value).flatMap((quantity) => {
    const inner = quantity.isAside ? [value.slice(quantity.at)] : []
    const measure = measureOf(quantity, [...inner, name, value, ...section.path.toReversed()])
    const isStated = quantity.comparison !== null || (measure !== null && (name !== '' || isStandards))
    if (!isStated && !isStandards) return []
    const { value: figure, unit } = quantity
    const comparison = quantity.comparison ?? measure?.comparison ?? '='
    const standard = otherPercentile(statement.text) ? null : (measure?.standard ?? null)
    const decides = toStandardValue(standard, { value: figure, unit, comparison }) !== null
    return [
      {
        name: name === '' ? section.title || 'stated' : name,
        text: value,
        comparison,
        value: figure,
        unit,
        standard: decides ? standard : null,
        line: statement.line,
      },
    ]
  })
}

/** The figure in the unit in which a standard of ours is written; null where it cannot decide it. */
export const toStandardValue = (
  standard: string | null,
  stated: Pick<StatedThreshold, 'value' | 'unit' | 'comparison'>,
): number | null => {
  const seconds = toSeconds(stated.value, stated.unit)
  const isUpper = stated.comparison !== '>' && stated.comparison !== '>='
  if (standard === 'performance.throughput')
    return stated.comparison === '<' || stated.comparison === '<=' ? null : stated.value
  if (standard === 'reliability.error-rate') {
    const percent = isUpper ? stated.value : 100 - stated.value
    return percent < 50 ? Number((percent / 100).toPrecision(12)) : null
  }
  if (standard === 'reliability.soak') return seconds === null || isUpper ? null : seconds / 3600
  if (standard === null || seconds === null || !isUpper) return null
  return standard.startsWith('performance.') ? Number((seconds * 1000).toPrecision(12)) : seconds
}

/** Lines with a figure that something can be held against. */
export const readThresholds = (sections: readonly Section[]): StatedThreshold[] =>
  sections.flatMap((section) => section.statements.flatMap((statement) => readStatement(statement, section)))

import { formatDigits, formatDuration, formatNumber } from '../../base/text/numbers.ts'
import type { Course } from '../evidence.ts'
import { alignColumns } from './columns.ts'

export type CourseSeries = Course['series'][number]

const MOMENTS = 20
const LEVELS = '▁▂▃▄▅▆▇█'

export const had = (values: CourseSeries['values']): number[] => values.filter((value) => value !== null)

const sample = (values: CourseSeries['values']): CourseSeries['values'] => {
  if (values.length <= MOMENTS) return values
  const step = (values.length - 1) / (MOMENTS - 1)
  return Array.from({ length: MOMENTS }, (_, index) => values[Math.round(index * step)] ?? null)
}

/** One sign for each moment, between the least and the most of this series; a gap where it was not had. */
const spark = (values: CourseSeries['values']): string => {
  const known = had(values)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  return sample(values)
    .map((value) => {
      if (value === null) return ' '
      const share = most === least ? 0 : (value - least) / (most - least)
      return LEVELS[Math.round(share * (LEVELS.length - 1))]
    })
    .join('')
}

const row = ({ name, unit, values }: CourseSeries): string[] => {
  const known = had(values)
  if (known.length === 0) return [name, '', 'not had', '', '']
  const say = (value: number | undefined) => formatDigits(value ?? 0, 4)
  const figures = [known[0], known.at(-1), Math.max(...known)].map(say)
  return [`${name}${unit === '' ? '' : `, ${unit}`}`, spark(values), ...figures]
}

/** A table: each series as a line of levels, and its figures at the beginning, at the end, and at the most. */
export const drawCourse = ({ atSeconds, series }: Course, width: number): string[] => [
  ...alignColumns([['', 'course', 'at first', 'at last', 'most'], ...series.map(row)], {
    width,
    left: [0, 1],
  }),
  '',
  `${formatNumber(atSeconds.length)} moments in ${formatDuration(((atSeconds.at(-1) ?? 0) - (atSeconds[0] ?? 0)) * 1_000)}`,
]

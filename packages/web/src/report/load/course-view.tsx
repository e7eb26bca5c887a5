import { useState } from 'preact/hooks'
import type { Course } from '../../../../plimsoll/src/model/evidence.ts'
import { useWidth } from '../state/use-width.ts'
import { type CourseLane, type CourseLayout, formatValue, layOutCourse } from './course-layout.ts'
import { pathThrough } from './scale.ts'
import { TableBehind } from './table-behind.tsx'

/** More moments than this are no longer read as a table. */
const MOST_ROWS = 24

const withUnit = (value: number | null | undefined, unit: string) =>
  value === null || value === undefined ? 'not had' : `${formatValue(value)} ${unit}`.trim()

const Lane = ({ lane, at }: { lane: CourseLane; at: number | null }) => {
  const { series, plot, ticks, dots } = lane
  const known = series.values.filter((value) => value !== null)
  const said =
    at === null
      ? `${withUnit(known[0], series.unit)} → ${withUnit(known.at(-1), series.unit)}`
      : withUnit(series.values[at], series.unit)
  const dot = at === null ? null : dots[at]
  return (
    <g class="course-lane">
      <text class="lane" x={plot.left} y={plot.top - 8}>
        {series.name}
      </text>
      <text class="value" x={plot.right} y={plot.top - 8} text-anchor="end">
        {said}
      </text>
      <g class="axes">
        {ticks.map((tick) => (
          <g key={tick.text}>
            <line x1={plot.left} x2={plot.right} y1={tick.at} y2={tick.at} />
            <text x={plot.left - 7} y={tick.at + 3.5} text-anchor="end">
              {tick.text}
            </text>
          </g>
        ))}
      </g>
      <path class="curve" d={pathThrough(dots)} />
      {dot && <circle class="here" cx={dot.x} cy={dot.y} r="3.4" />}
    </g>
  )
}

const nearest = (moments: CourseLayout['moments'], x: number): number | null =>
  moments.reduce<{ index: number | null; away: number }>(
    (best, moment, index) => {
      const away = Math.abs(moment.x - x)
      return away < best.away ? { index, away } : best
    },
    { index: null, away: Number.POSITIVE_INFINITY },
  ).index

const rowsOf = ({ series }: Course, { moments }: CourseLayout): string[][] => {
  const step = Math.max(1, Math.ceil((moments.length - 1) / MOST_ROWS))
  return moments
    .map(({ text }, index) => [text, ...series.map((it) => withUnit(it.values[index], ''))])
    .filter((_, index) => index % step === 0 || index === moments.length - 1)
}

/** How figures of a long run moved: one under the other, so that what moves together is seen. */
export const CourseView = ({ course }: { course: Course }) => {
  const { ref, widthPx } = useWidth<HTMLDivElement>(720)
  const [at, setAt] = useState<number | null>(null)
  const layout = layOutCourse(course, widthPx)
  const { lanes, moments, seconds, height, width } = layout
  const here = at === null ? undefined : moments[at]
  const follow = (event: PointerEvent) => {
    const left = ref.current?.getBoundingClientRect().left ?? 0
    setAt(nearest(moments, event.clientX - left))
  }
  const heads = ['after', ...course.series.map(({ name, unit }) => (unit === '' ? name : `${name}, ${unit}`))]
  return (
    <div class="chart course" ref={ref}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={`Over ${moments.at(-1)?.text ?? 'no time'}: ${course.series.map(({ name }) => name).join(', ')}.`}
        onPointerMove={follow}
        onPointerLeave={() => setAt(null)}
      >
        {here && (
          <line
            class="cursor shown"
            x1={here.x}
            x2={here.x}
            y1={lanes[0]?.plot.top ?? 0}
            y2={lanes.at(-1)?.plot.bottom ?? 0}
          />
        )}
        {lanes.map((lane) => (
          <Lane key={lane.series.name} lane={lane} at={at} />
        ))}
        {seconds.map(({ at: x, text }) => (
          <text key={text} x={x} y={height - 6} text-anchor={x > width - 40 ? 'end' : 'middle'}>
            {text}
          </text>
        ))}
      </svg>
      <TableBehind name="Course" heads={heads} rows={rowsOf(course, layout)} />
    </div>
  )
}

import { formatDuration } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Timeline } from '../../../../plimsoll/src/model/evidence.ts'
import { useWidth } from '../state/use-width.ts'
import { layOutTimeline, type TimelineLayout } from './layout.ts'
import { type Dot, type Outcome, outcomeOf } from './outcome.ts'
import { Legend, Shape } from './shapes.tsx'
import { summariseTimeline } from './summarise.ts'

const ALL: readonly Outcome[] = ['ok', 'error', 'none']

const tell = ({ label, status, error, atMs, durationMs }: Dot) =>
  `${label} at ${formatDuration(atMs)}: ${status ?? error ?? 'no answer'} after ${formatDuration(durationMs)}`

const Axes = ({ lanes, plot, seconds, height }: TimelineLayout) => (
  <g class="axes">
    {lanes.map((lane) => (
      <g key={lane.label}>
        <text class="lane" x={plot.left} y={lane.top - 10}>
          {lane.label}
        </text>
        {lane.ticks.map(({ y, text }) => (
          <g key={text}>
            <line x1={plot.left} x2={plot.right} y1={y} y2={y} />
            <text x={plot.left - 7} y={y + 3.5} text-anchor="end">
              {text}
            </text>
          </g>
        ))}
      </g>
    ))}
    {seconds.map(({ x, text }, index) => (
      <text
        key={text}
        x={x}
        y={height - 6}
        text-anchor={index === 0 ? 'start' : x > plot.right - 20 ? 'end' : 'middle'}
      >
        {text}
      </text>
    ))}
  </g>
)

const Faults = ({ bands, marks, plot }: TimelineLayout) => (
  <>
    {bands.map(({ x, width, caption }) => (
      <g class="fault" key={`${x} ${caption.text}`}>
        <rect class="band" x={x} y={plot.top} width={width} height={plot.bottom - plot.top} />
        <line x1={x} x2={x} y1={plot.top} y2={plot.bottom} />
        <line x1={x + width} x2={x + width} y1={plot.top} y2={plot.bottom} />
        <text x={caption.x} y={caption.y}>
          {caption.text}
        </text>
      </g>
    ))}
    {marks.map(({ x, caption }) => (
      <g class="turn" key={`${x} ${caption.text}`}>
        <line x1={x} x2={x} y1={caption.y + 4} y2={plot.bottom} />
        <path d={`M${x - 4} ${plot.bottom + 7}h8l-4-7z`} />
        <text x={caption.x} y={caption.y}>
          {caption.text}
        </text>
      </g>
    ))}
  </>
)

/** Requests as dots (time across, duration up, log), faults as bands, turning points as lines. */
export const TimelineChart = ({ timeline }: { timeline: Timeline }) => {
  const { ref, widthPx, shown } = useWidth<HTMLDivElement>(720)
  const layout = layOutTimeline(timeline, widthPx)
  const summary = summariseTimeline(timeline)
  const seen = new Set(timeline.requests.map(outcomeOf))
  return (
    <div class="timeline" ref={ref}>
      <svg
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        width={layout.width}
        height={layout.height}
        role="img"
        aria-label={['Timeline of requests.', ...summary].join(' ')}
      >
        <Faults {...layout} />
        <Axes {...layout} />
        {(shown ? layout.lanes : []).map((lane) => (
          <g key={lane.label}>
            {lane.dots.map(({ x, y, outcome, dot }, index) => (
              <Shape key={index} x={x} y={y} outcome={outcome} title={tell(dot)} />
            ))}
          </g>
        ))}
      </svg>
      <Legend outcomes={ALL.filter((outcome) => seen.has(outcome))} fault={timeline.bands.length > 0} />
      <ul class="summary-lines">
        {summary.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

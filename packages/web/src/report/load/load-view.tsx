import { useState } from 'preact/hooks'
import { formatDuration, formatNumber } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { LoadChart } from '../../../../plimsoll/src/model/evidence.ts'
import { tellLoad } from '../../../../plimsoll/src/model/reading/load-line.ts'
import { formatRate, formatShare, tellPoint } from '../../../../plimsoll/src/model/reading/load-words.ts'
import { useWidth } from '../state/use-width.ts'
import { Axes } from './axes.tsx'
import { type LoadLayout, layOutLoad, type PlacedPoint } from './load-layout.ts'
import { LoadMark } from './load-mark.tsx'
import { PointShape, SIDE_WORDS } from './point-shape.tsx'
import { pathThrough, px } from './scale.ts'
import { TableBehind } from './table-behind.tsx'

const SIDES = ['inside', 'undecided', 'outside'] as const

/** Shorter than this it would be hidden by its point. */
const WHISKER_PX = 12

const Whisker = ({ it: { x, interval, point } }: { it: PlacedPoint }) => {
  if (interval === null || interval[1] - interval[0] < WHISKER_PX) return null
  const [top, bottom] = interval.map(px)
  return (
    <path
      class={`whisker side-${point.side}`}
      d={`M${px(x - 4)} ${top}h8M${px(x)} ${top}V${bottom}M${px(x - 4)} ${bottom}h8`}
    />
  )
}

/** What a pointer or the focus is on has its figures below the drawing. */
const Point = ({
  it,
  layout: { plot, good },
  active,
  onActive,
}: {
  it: PlacedPoint
  layout: LoadLayout
  active: boolean
  onActive: () => void
}) => (
  // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a drawn point is a picture that can be reached
  <g
    class={active ? 'probe active' : 'probe'}
    role="img"
    tabIndex={0}
    aria-label={`${tellPoint(it.point)}, ${SIDE_WORDS[it.point.side]}`}
    onFocus={onActive}
    onPointerEnter={onActive}
  >
    <rect class="strip" x={it.from} y={plot.top} width={it.to - it.from} height={good.bottom - plot.top} />
    <line class="cursor" x1={it.x} x2={it.x} y1={plot.top} y2={good.bottom} />
    <Whisker it={it} />
    <circle class="median" cx={it.x} cy={it.medianY} r="2.4" />
    <circle class="median" cx={it.x} cy={it.goodY} r="2.4" />
    <PointShape x={it.x} y={it.p99Y} side={it.point.side} />
  </g>
)

const Ground = ({ layout, slowMs }: { layout: LoadLayout; slowMs: number }) => {
  const { plot, good, beyondX, limitY } = layout
  const room = plot.right - beyondX
  return (
    <>
      <rect class="beyond" x={beyondX} y={plot.top} width={room} height={good.bottom - plot.top} />
      <Axes plot={plot} rows={layout.times} columns={[]} bottomPx={0} />
      <Axes plot={good} rows={layout.goodTicks} columns={layout.rates} bottomPx={good.bottom + 17} />
      <text class="axis-name" x={plot.right} y={layout.height - 6} text-anchor="end">
        requests a second
      </text>
      <line class="base" x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} />
      <text x={good.left + 6} y={good.top - 9}>
        answered well, a second
      </text>
      {room > 110 && (
        <text class="beyond-name" x={plot.right - 8} y={plot.bottom - 9} text-anchor="end">
          {layout.mark ? 'beyond the line' : 'outside the standard'}
        </text>
      )}
      <line class="limit" x1={plot.left} x2={plot.right} y1={limitY} y2={limitY} />
      <text class="limit-name" x={plot.left + 6} y={limitY - 6}>
        slow from {formatDuration(slowMs)}
      </text>
    </>
  )
}

const Curves = ({ points, ideal }: LoadLayout) => (
  <>
    <path class="ideal" d={pathThrough([ideal.from, ideal.to])} />
    <path class="curve" d={pathThrough(points.map((it) => ({ x: it.x, y: it.goodY })))} />
    <path class="curve median-curve" d={pathThrough(points.map((it) => ({ x: it.x, y: it.medianY })))} />
    <path class="curve" d={pathThrough(points.map((it) => ({ x: it.x, y: it.p99Y })))} />
  </>
)

const Legend = ({ sides }: { sides: ReadonlySet<string> }) => (
  <ul class="legend">
    {SIDES.filter((side) => sides.has(side)).map((side) => (
      <li key={side}>
        <svg viewBox="-6 -6 12 12" aria-hidden="true">
          <PointShape x={0} y={0} side={side} />
        </svg>
        p99, {SIDE_WORDS[side]}
      </li>
    ))}
    <li>
      <svg viewBox="-6 -6 12 12" aria-hidden="true">
        <circle class="median" r="2.4" />
      </svg>
      p50
    </li>
  </ul>
)

const HEADS = ['rate', 'good', 'p50', 'p99', 'p99, 95 %', 'slow', 'failed', 'n', 'side']

const rowsOf = ({ points }: LoadChart): string[][] =>
  points
    .toSorted((a, b) => a.ratePerSecond - b.ratePerSecond)
    .map((it) => [
      `${formatRate(it.ratePerSecond)}/s`,
      `${formatRate(it.goodPerSecond)}/s`,
      formatDuration(it.p50Ms),
      formatDuration(it.p99Ms),
      it.p99IntervalMs === null ? '–' : it.p99IntervalMs.map(formatDuration).join(' – '),
      formatShare(it.slowShare),
      formatShare(it.failedShare),
      formatNumber(it.n),
      it.side,
    ])

/** Requests a second against time to answer, with the mark where it is drawn on a hull. */
export const LoadView = ({ load }: { load: LoadChart }) => {
  const { ref, widthPx } = useWidth<HTMLDivElement>(720)
  const [active, setActive] = useState<number | null>(null)
  const layout = layOutLoad(load, widthPx)
  const { points, mark } = layout
  const [said, limit] = tellLoad(load)
  const seen = active === null ? undefined : points[active]
  return (
    <div class="chart load" ref={ref} onPointerLeave={() => setActive(null)}>
      <p class="told">
        <b>{said}</b>
        {limit && <span class="dim"> · {limit}</span>}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing has no other way to say that it holds points */}
      <svg
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        width={layout.width}
        height={layout.height}
        role="group"
        aria-label={`Time to answer at ${points.length} rates, with the load line.`}
      >
        <Ground layout={layout} slowMs={load.slowMs} />
        {mark && load.line && <LoadMark {...layout} mark={mark} line={load.line} />}
        <Curves {...layout} />
        {points.map((it, index) => (
          <Point
            key={index}
            it={it}
            layout={layout}
            active={index === active}
            onActive={() => setActive(index)}
          />
        ))}
      </svg>
      <p class="readout">{seen === undefined ? 'Point at a rate for its figures.' : tellPoint(seen.point)}</p>
      <Legend sides={new Set(load.points.map((it) => it.side))} />
      <TableBehind name="Rates" heads={HEADS} rows={rowsOf(load)} />
    </div>
  )
}

import { formatDuration, formatNumber } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Latencies } from '../../../../plimsoll/src/model/evidence.ts'
import { formatRate } from '../../../../plimsoll/src/model/reading/load-words.ts'
import type { LogAxis } from '../../../../plimsoll/src/model/reading/log-axis.ts'
import { useWidth } from '../state/use-width.ts'
import { type LatencyOperation, latencyAxis, layOutLatency } from './latency-layout.ts'
import { px } from './scale.ts'

const figuresOf = ({ p50Ms, p90Ms, p99Ms, maxMs }: LatencyOperation): [string, string][] => [
  ['p50', formatDuration(p50Ms)],
  ['p90', formatDuration(p90Ms)],
  ['p99', formatDuration(p99Ms)],
  ['max', formatDuration(maxMs)],
]

const Percentile = ({ x, top, bottom, name }: { x: number; top: number; bottom: number; name: string }) => (
  <g class="percentile">
    <line x1={x} x2={x} y1={top} y2={bottom} />
    <text x={x} y={top - 5} text-anchor="middle">
      {name}
    </text>
  </g>
)

const Histogram = ({
  operation,
  axis,
  slowMs,
}: {
  operation: LatencyOperation
  axis: LogAxis
  slowMs: number
}) => {
  const { ref, widthPx } = useWidth<HTMLDivElement>(300)
  const { width, height, plot, bars, ticks, limitX, p50X, p99X } = layOutLatency(operation, {
    axis,
    slowMs,
    width: widthPx,
  })
  const figures = figuresOf(operation)
  // Where both stand so close that their names would touch, the second one says it for both.
  const apart = p99X - p50X > 34
  return (
    <div class="histogram" ref={ref}>
      <p class="operation">
        <b>{operation.name}</b> <span class="dim">n = {formatNumber(operation.n)}</span>
      </p>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={`${operation.name}: ${figures.map((it) => it.join(' ')).join(', ')}`}
      >
        {bars.map((bar) => (
          <rect
            key={bar.x}
            class={bar.slow ? 'bar slow' : 'bar'}
            x={px(bar.x)}
            y={px(bar.y)}
            width={px(Math.max(0.6, bar.width - 0.8))}
            height={px(bar.height)}
          />
        ))}
        <line class="base" x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} />
        <line class="limit" x1={limitX} x2={limitX} y1={plot.top - 4} y2={plot.bottom} />
        {apart && <Percentile x={p50X} top={plot.top - 4} bottom={plot.bottom} name="p50" />}
        <Percentile x={p99X} top={plot.top - 4} bottom={plot.bottom} name="p99" />
        {ticks.map(({ at, text }, index) => (
          <text
            key={text}
            x={at}
            y={height - 5}
            text-anchor={index === 0 && at < 20 ? 'start' : at > plot.right - 20 ? 'end' : 'middle'}
          >
            {text}
          </text>
        ))}
      </svg>
      <dl class="percentiles">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** How long each operation took, side by side on one log axis. */
export const LatenciesView = ({ latencies }: { latencies: Latencies }) => {
  const axis = latencyAxis(latencies)
  return (
    <div class="chart latencies">
      <p class="dim">
        At {formatRate(latencies.ratePerSecond)} requests a second; slow from{' '}
        {formatDuration(latencies.slowMs)}, the dashed line.
      </p>
      <div class="histograms">
        {latencies.operations.map((operation) => (
          <Histogram key={operation.name} operation={operation} axis={axis} slowMs={latencies.slowMs} />
        ))}
      </div>
    </div>
  )
}

import { formatDuration, formatNumber } from '../../../../plimsoll/src/base/text/numbers.ts'
import { truncate } from '../../../../plimsoll/src/base/text/wrap.ts'
import type { Growth } from '../../../../plimsoll/src/model/evidence.ts'
import { formatExponent, tellExponent } from '../../../../plimsoll/src/model/reading/draw-growth.ts'
import { Scrolled } from '../controls/scrolled.tsx'
import { useWidth } from '../state/use-width.ts'
import { Axes } from './axes.tsx'
import { type GrowthCurve, layOutGrowth } from './growth-layout.ts'
import { pathThrough } from './scale.ts'

/** As many as can be told apart; further ones begin anew. */
const TONES = 5
const NAME_CHARACTERS = 24

const toneOf = ({ tone }: GrowthCurve) => `tone-${tone % TONES}`

const Curve = ({ curve, labelX }: { curve: GrowthCurve; labelX: number | null }) => {
  const { operation, dots, labelY } = curve
  const end = dots.at(-1)
  return (
    <g class={`grown ${toneOf(curve)}`}>
      <path class="curve" d={pathThrough(dots)} />
      {dots.map(({ x, y }, index) => (
        <circle key={index} cx={x} cy={y} r="3">
          <title>{`${operation.name} with ${formatNumber(operation.points[index]?.rows ?? 0)} rows: ${formatDuration(operation.points[index]?.p50Ms ?? 0)}`}</title>
        </circle>
      ))}
      {labelX !== null && end && (
        <>
          <path class="leader" d={`M${end.x + 6} ${end.y}L${labelX - 5} ${labelY}`} />
          <text x={labelX} y={labelY + 4}>
            <tspan class="name">{truncate(operation.name, NAME_CHARACTERS)}</tspan>
            <tspan dx="7">rows</tspan>
            <tspan class="power" dy="-4">
              {formatExponent(operation.exponent)}
            </tspan>
          </text>
        </>
      )}
    </g>
  )
}

const Figures = ({ curves }: { curves: readonly GrowthCurve[] }) => {
  const sizes = [
    ...new Set(curves.flatMap(({ operation }) => operation.points.map(({ rows }) => rows))),
  ].sort((a, b) => a - b)
  return (
    <Scrolled name="Growth of each operation">
      <table>
        <thead>
          <tr>
            <th>operation</th>
            <th>time grows as</th>
            {sizes.map((rows) => (
              <th key={rows} class="number">
                {formatNumber(rows)} rows
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {curves.map((curve) => (
            <tr key={curve.operation.name} class={toneOf(curve)}>
              <th scope="row">
                <span class="swatch" aria-hidden="true" />
                {curve.operation.name}
              </th>
              <td>
                rows<sup>{formatExponent(curve.operation.exponent)}</sup>{' '}
                <span class="dim">({curve.operation.interval.map(formatExponent).join(' to ')})</span>
              </td>
              {sizes.map((rows) => {
                const point = curve.operation.points.find((it) => it.rows === rows)
                return (
                  <td key={rows} class="number">
                    {point === undefined ? '–' : formatDuration(point.p50Ms)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  )
}

/** How the time of each operation grows with the rows: both axes logarithmic, so that a slope is an exponent. */
export const GrowthView = ({ growth }: { growth: Growth }) => {
  const { ref, widthPx } = useWidth<HTMLDivElement>(720)
  const { width, height, plot, rows, times, limitY, curves, labelX } = layOutGrowth(growth, widthPx)
  return (
    <div class="chart growth" ref={ref}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={`Median time to answer against rows. ${curves.map(({ operation }) => `${operation.name}: rows to the power of ${tellExponent(operation)}`).join('; ')}`}
      >
        <Axes plot={plot} rows={times} columns={rows} bottomPx={plot.bottom + 17} />
        <text class="axis-name" x={plot.right} y={height - 5} text-anchor="end">
          rows
        </text>
        <line class="limit" x1={plot.left} x2={plot.right} y1={limitY} y2={limitY} />
        <text class="limit-name" x={plot.left + 6} y={limitY - 6}>
          slow from {formatDuration(growth.slowMs)}
        </text>
        {curves.map((curve) => (
          <Curve key={curve.operation.name} curve={curve} labelX={labelX} />
        ))}
      </svg>
      <Figures curves={curves} />
      <p class="note dim">
        rows<sup>0</sup> stays the same; rows<sup>1</sup> takes ten times as long with ten times the rows.
      </p>
    </div>
  )
}

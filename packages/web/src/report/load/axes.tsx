import type { Plot, Tick } from './scale.ts'

/** Lines across with their values at the left, values below. */
export const Axes = ({
  plot,
  rows,
  columns,
  bottomPx,
}: {
  plot: Plot
  rows: readonly Tick[]
  columns: readonly Tick[]
  /** of the text below the plot */
  bottomPx: number
}) => (
  <g class="axes">
    {rows.map(({ at, text }) => (
      <g key={text}>
        <line x1={plot.left} x2={plot.right} y1={at} y2={at} />
        <text x={plot.left - 7} y={at + 3.5} text-anchor="end">
          {text}
        </text>
      </g>
    ))}
    {columns.map(({ at, text }) => (
      <g key={text}>
        <line x1={at} x2={at} y1={plot.bottom} y2={plot.bottom + 4} />
        <text x={at} y={bottomPx} text-anchor={at > plot.right - 12 ? 'end' : 'middle'}>
          {text}
        </text>
      </g>
    ))}
  </g>
)

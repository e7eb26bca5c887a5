import type { LoadChart } from '../../../../plimsoll/src/model/evidence.ts'
import { formatRate } from '../../../../plimsoll/src/model/reading/load-words.ts'
import type { LoadLayout } from './load-layout.ts'

const DISC_Y = 21
const DISC = 10

/** The sign as it is painted on a hull: the disc with its bar, and the line that goes down to the rate. */
export const LoadMark = ({
  mark,
  plot,
  good,
  line,
}: Pick<LoadLayout, 'plot' | 'good'> & {
  mark: NonNullable<LoadLayout['mark']>
  line: NonNullable<LoadChart['line']>
}) => (
  <g class="load-mark">
    <rect
      class="interval-band"
      x={mark.from}
      y={plot.top}
      width={Math.max(1, mark.to - mark.from)}
      height={good.bottom - plot.top}
    />
    <line class="hull" x1={mark.x} x2={mark.x} y1={DISC_Y + DISC} y2={good.bottom} />
    <circle class="disc" cx={mark.x} cy={DISC_Y} r={DISC} />
    <line class="bar" x1={mark.x - 18} x2={mark.x + 18} y1={DISC_Y} y2={DISC_Y} />
    <text class="rate" x={mark.textX} y={DISC_Y - 2} text-anchor={mark.anchor}>
      {formatRate(line.ratePerSecond)}/s
    </text>
    <text x={mark.textX} y={DISC_Y + 13} text-anchor={mark.anchor}>
      {line.interval.map(formatRate).join('–')}
    </text>
  </g>
)

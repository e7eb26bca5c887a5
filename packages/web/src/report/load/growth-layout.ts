import { formatNumber } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Growth } from '../../../../plimsoll/src/model/evidence.ts'
import { createLogAxis } from '../../../../plimsoll/src/model/reading/log-axis.ts'
import { type Plot, type Tick, thin, tickText } from './scale.ts'

const LEFT = 50
const RIGHT = 14
const TOP = 12
const FOOT = 38
const LABEL = 17
/** Narrower than that, the names stand below the drawing only. */
const LABELLED_PX = 560
const LABELS_PX = 250

export type GrowthCurve = {
  operation: Growth['operations'][number]
  dots: { x: number; y: number }[]
  /** of its name, beside the end of the curve */
  labelY: number
  tone: number
}
export type GrowthLayout = {
  width: number
  height: number
  plot: Plot
  rows: Tick[]
  times: Tick[]
  limitY: number
  curves: GrowthCurve[]
  labelX: number | null
}

/** Names in the order of their curves, no two closer than a line of text. */
const spread = (wanted: readonly number[], top: number, bottom: number): number[] => {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const placed = [...wanted]
  let next = top
  for (const index of order) {
    placed[index] = Math.max(next, wanted[index] ?? 0)
    next = (placed[index] ?? 0) + LABEL
  }
  let last = bottom
  for (const index of order.toReversed()) {
    placed[index] = Math.min(last, placed[index] ?? 0)
    last = (placed[index] ?? 0) - LABEL
  }
  return placed
}

/** Both axes are logarithmic: a power law is a straight line, and its slope is the exponent. */
export const layOutGrowth = ({ operations, slowMs }: Growth, width: number): GrowthLayout => {
  const labelled = width >= LABELLED_PX
  const right = Math.max(LEFT + 120, width - (labelled ? LABELS_PX : RIGHT))
  const tall = Math.max(Math.min(280, Math.max(170, width * 0.3)), labelled ? operations.length * LABEL : 0)
  const plot = { left: LEFT, right, top: TOP, bottom: TOP + Math.round(tall) }
  const points = operations.flatMap((it) => it.points)
  const across = createLogAxis(points.map((it) => it.rows))
  const up = createLogAxis([slowMs, ...points.map((it) => it.p50Ms)])
  const x = (rows: number) => plot.left + across.at(rows) * (plot.right - plot.left)
  const y = (ms: number) => plot.bottom - up.at(ms) * (plot.bottom - plot.top)

  const curves = operations
    .toSorted((a, b) => b.exponent - a.exponent)
    .map((operation, tone) => ({
      operation,
      tone,
      dots: operation.points.map((it) => ({ x: x(it.rows), y: y(it.p50Ms) })),
    }))
  const labels = spread(
    curves.map(({ dots }) => dots.at(-1)?.y ?? plot.bottom),
    plot.top + 4,
    plot.bottom - 4,
  )
  return {
    ...{ width, height: plot.bottom + FOOT, plot },
    rows: thin(
      across.ticks.map((rows) => ({ at: x(rows), text: formatNumber(rows) })),
      64,
    ),
    times: thin(
      up.ticks.map((ms) => ({ at: y(ms), text: tickText(ms) })),
      18,
    ),
    limitY: y(slowMs),
    curves: curves.map((curve, index) => ({ ...curve, labelY: labels[index] ?? 0 })),
    labelX: labelled ? right + 22 : null,
  }
}

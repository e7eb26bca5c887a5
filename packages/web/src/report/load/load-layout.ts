import { formatNumber } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { LoadChart } from '../../../../plimsoll/src/model/evidence.ts'
import { reachOf } from '../../../../plimsoll/src/model/reading/load-line.ts'
import type { LoadPoint } from '../../../../plimsoll/src/model/reading/load-words.ts'
import { createLogAxis } from '../../../../plimsoll/src/model/reading/log-axis.ts'
import { type Plot, roundSteps, type Tick, thin, tickText } from './scale.ts'

const LEFT = 50
const RIGHT = 12
/** Room above the plot for the mark and its number. */
const HEAD = 48
const HEAD_WITHOUT = 12
const FOOT = 40
/** What came back well has a strip of its own under the same rates. */
const GOOD_GAP = 30
const GOOD = 62

export type PlacedPoint = {
  point: LoadPoint
  x: number
  medianY: number
  p99Y: number
  goodY: number
  /** of p99: top and bottom */
  interval: [number, number] | null
  /** of the strip in which a pointer means this point */
  from: number
  to: number
}
export type LoadLayout = {
  width: number
  height: number
  plot: Plot
  good: Plot
  /** of the rate and of the good answers, which are the same as long as all goes well */
  goodTicks: Tick[]
  /** where every request would be answered well */
  ideal: { from: { x: number; y: number }; to: { x: number; y: number } }
  rates: Tick[]
  times: Tick[]
  limitY: number
  points: PlacedPoint[]
  /** null where no rate was inside the standard */
  mark: { x: number; from: number; to: number; textX: number; anchor: 'start' | 'end' } | null
  /** where it is no longer safe */
  beyondX: number
}

/** The pixels between two points belong to the nearer one. */
const withStrips = (points: readonly Omit<PlacedPoint, 'from' | 'to'>[], plot: Plot): PlacedPoint[] =>
  points.map((it, index) => {
    const before = points[index - 1]
    const after = points[index + 1]
    return {
      ...it,
      from: before === undefined ? plot.left : (before.x + it.x) / 2,
      to: after === undefined ? plot.right : (it.x + after.x) / 2,
    }
  })

/** Without a line it is unsafe from the first rate on that was outside, and nowhere known to be safe where none was inside. */
const beyondWithout = (load: LoadChart, { x, right }: { x: (rate: number) => number; right: number }) => {
  const { inside, outside } = reachOf(load)
  if (outside === null) return right
  return inside === null ? LEFT : x(outside.ratePerSecond)
}

/** Where everything goes, in CSS pixels. Pure: the same chart and width give the same drawing. */
export const layOutLoad = (load: LoadChart, width: number): LoadLayout => {
  const { points, slowMs, line } = load
  const right = Math.max(LEFT + 120, width - RIGHT)
  const top = line === null ? HEAD_WITHOUT : HEAD
  const plot = {
    left: LEFT,
    right,
    top,
    bottom: top + Math.round(Math.min(290, Math.max(180, width * 0.34))),
  }
  const good = { left: LEFT, right, top: plot.bottom + GOOD_GAP, bottom: plot.bottom + GOOD_GAP + GOOD }
  const most = 1.04 * Math.max(1, line?.interval[1] ?? 0, ...points.map((it) => it.ratePerSecond))
  const x = (rate: number) => LEFT + (Math.min(most, Math.max(0, rate)) / most) * (right - LEFT)

  const goodY = (rate: number) => good.bottom - (Math.min(most, Math.max(0, rate)) / most) * GOOD
  const sorted = points.toSorted((a, b) => a.ratePerSecond - b.ratePerSecond || a.p99Ms - b.p99Ms)
  const times = sorted.flatMap((it) => [it.p50Ms, it.p99Ms, ...(it.p99IntervalMs ?? [])])
  const axis = createLogAxis([slowMs, ...times])
  const y = (ms: number) => plot.bottom - axis.at(ms) * (plot.bottom - plot.top)

  const placed = sorted.map((point) => ({
    point,
    x: x(point.ratePerSecond),
    medianY: y(point.p50Ms),
    p99Y: y(point.p99Ms),
    goodY: goodY(point.goodPerSecond),
    interval:
      point.p99IntervalMs && ([y(point.p99IntervalMs[1]), y(point.p99IntervalMs[0])] as [number, number]),
  }))
  const markX = line === null ? LEFT : x(line.ratePerSecond)
  const onTheLeft = markX > (LEFT + right) / 2
  const goodTop = roundSteps(most, 2, 1).at(-1) ?? most
  return {
    ...{ width, height: good.bottom + FOOT, plot, good },
    goodTicks: [0, goodTop].map((rate) => ({ at: goodY(rate), text: formatNumber(rate) })),
    ideal: { from: { x: x(0), y: goodY(0) }, to: { x: x(most), y: goodY(most) } },
    rates: thin(
      roundSteps(most, right - LEFT, 84).map((rate) => ({ at: x(rate), text: formatNumber(rate) })),
      40,
    ),
    times: thin(
      axis.ticks.map((ms) => ({ at: y(ms), text: tickText(ms) })),
      18,
    ),
    limitY: y(slowMs),
    points: withStrips(placed, plot),
    mark: line && {
      x: markX,
      from: x(line.interval[0]),
      to: x(line.interval[1]),
      textX: onTheLeft ? markX - 26 : markX + 26,
      anchor: onTheLeft ? 'end' : 'start',
    },
    beyondX: line === null ? beyondWithout(load, { x, right }) : markX,
  }
}

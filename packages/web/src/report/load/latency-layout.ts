import type { Latencies } from '../../../../plimsoll/src/model/evidence.ts'
import { createLogAxis } from '../../../../plimsoll/src/model/reading/log-axis.ts'
import { type Plot, type Tick, thin, tickText } from './scale.ts'

const SIDE = 6
const TOP = 22
const PLOT = 74
const FOOT = 20

export type LatencyOperation = Latencies['operations'][number]
export type Bar = { x: number; y: number; width: number; height: number; slow: boolean }
export type LatencyLayout = {
  width: number
  height: number
  plot: Plot
  bars: Bar[]
  ticks: Tick[]
  limitX: number
  p50X: number
  p99X: number
}

/** A bucket begins where the one before ends; where that is far away, it is as wide as buckets usually are. */
const withStarts = (buckets: LatencyOperation['buckets']) => {
  const ratios = buckets
    .flatMap(([upTo], index) => {
      const before = buckets[index - 1]?.[0] ?? 0
      return before > 0 && upTo > before ? [upTo / before] : []
    })
    .sort((a, b) => a - b)
  const usual = ratios[Math.floor(ratios.length / 2)] ?? 1.2
  return buckets
    .filter(([upTo]) => upTo > 0)
    .map(([upTo, count], index, all) => ({
      upTo,
      count,
      from: Math.max(all[index - 1]?.[0] ?? 0, upTo / (usual * 1.05)),
    }))
}

/** One axis for all operations of a window, so that they can be compared by eye. */
export const latencyAxis = ({ operations, slowMs }: Latencies) =>
  createLogAxis([
    slowMs,
    ...operations.flatMap((it) => [it.p50Ms, it.maxMs, ...withStarts(it.buckets).map(({ from }) => from)]),
  ])

/** The area of a bar is its share of the requests: its height is requests by width on the axis. */
export const layOutLatency = (
  operation: LatencyOperation,
  { axis, slowMs, width }: { axis: ReturnType<typeof createLogAxis>; slowMs: number; width: number },
): LatencyLayout => {
  const plot = { left: SIDE, right: width - SIDE, top: TOP, bottom: TOP + PLOT }
  const x = (ms: number) => plot.left + axis.at(ms) * (plot.right - plot.left)
  const columns = withStarts(operation.buckets).map(({ from, upTo, count }) => {
    const wide = Math.max(0.5, x(upTo) - x(from))
    return { x: x(from), width: wide, density: count / wide, slow: from >= slowMs }
  })
  const densest = Math.max(1e-9, ...columns.map(({ density }) => density))
  return {
    ...{ width, height: plot.bottom + FOOT, plot },
    bars: columns.map(({ density, ...bar }) => {
      // What happened at all is seen: a slow request in a thousand is what the drawing is for.
      const height = Math.max(density > 0 ? 1 : 0, (density / densest) * PLOT)
      return { ...bar, y: plot.bottom - height, height }
    }),
    ticks: thin(
      axis.ticks.map((ms) => ({ at: x(ms), text: tickText(ms) })),
      44,
    ),
    ...{ limitX: x(slowMs), p50X: x(operation.p50Ms), p99X: x(operation.p99Ms) },
  }
}

import type { Latencies } from '../../../../plimsoll/src/model/evidence.ts'
import { createLogAxis, type LogAxis } from '../../../../plimsoll/src/model/reading/log-axis.ts'
import { type Plot, type Tick, thin, tickText } from './scale.ts'

const SIDE = 6
const TOP = 22
const PLOT = 74
const FOOT = 20
/** Wanted width of a bar. */
const BAR = 7

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

/** A bucket begins where the one before ends; empty ones were left out, so it is no wider than the narrow ones are. */
const withStarts = (buckets: LatencyOperation['buckets']) => {
  const ratios = buckets
    .flatMap(([upTo], index) => {
      const before = buckets[index - 1]?.[0] ?? 0
      return before > 0 && upTo > before ? [upTo / before] : []
    })
    .sort((a, b) => a - b)
  const usual = ratios[Math.floor(ratios.length / 10)] ?? 1.1
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

/** Buckets are as narrow as the measurement was fine, and empty ones are left out: a drawing needs equal ones. */
const share = (buckets: LatencyOperation['buckets'], edges: readonly number[]): number[] => {
  const counts = edges.slice(1).map(() => 0)
  for (const { from, upTo, count } of withStarts(buckets)) {
    const whole = Math.log(upTo / from)
    for (const [index, before] of counts.entries()) {
      const low = Math.max(from, edges[index] ?? 0)
      const high = Math.min(upTo, edges[index + 1] ?? 0)
      if (high > low) counts[index] = before + (count * Math.log(high / low)) / whole
    }
  }
  return counts
}

/** Each bar is as wide on the axis as any other, so that its height is its share of the requests. */
export const layOutLatency = (
  operation: LatencyOperation,
  { axis, slowMs, width }: { axis: LogAxis; slowMs: number; width: number },
): LatencyLayout => {
  const plot = { left: SIDE, right: width - SIDE, top: TOP, bottom: TOP + PLOT }
  const across = plot.right - plot.left
  const x = (ms: number) => plot.left + axis.at(ms) * across
  const bins = Math.max(8, Math.round(across / BAR))
  const edges = Array.from(
    { length: bins + 1 },
    (_, index) => axis.least * (axis.most / axis.least) ** (index / bins),
  )
  const counts = share(operation.buckets, edges)
  const most = Math.max(1e-9, ...counts)
  return {
    ...{ width, height: plot.bottom + FOOT, plot },
    bars: counts.flatMap((count, index) => {
      if (count === 0) return []
      // What happened at all is seen: a slow request in a thousand is what the drawing is for.
      const height = Math.max(1.5, (count / most) * PLOT)
      return [
        {
          ...{ x: plot.left + (index * across) / bins, y: plot.bottom - height },
          ...{ width: across / bins, height, slow: (edges[index] ?? 0) >= slowMs * 0.999 },
        },
      ]
    }),
    ticks: thin(
      axis.ticks.map((ms) => ({ at: x(ms), text: tickText(ms) })),
      44,
    ),
    ...{ limitX: x(slowMs), p50X: x(operation.p50Ms), p99X: x(operation.p99Ms) },
  }
}

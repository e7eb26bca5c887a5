import {
  createHistogram,
  type Histogram,
  type HistogramData,
  histogramOf,
} from '../../base/stats/histogram.ts'
import { bucketLow } from '../../base/stats/histogram-buckets.ts'
import { toHdrBase64 } from '../../instruments/load/hdr-base64.ts'
import type { Latencies } from '../../model/evidence.ts'
import type { Window } from './window.ts'

/** As many as a chart can show apart. */
const MOST_BUCKETS = 80

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Every answer of a window, whatever the operation; microseconds. */
export const totalLatency = ({ load }: Pick<Window, 'load'>): Histogram => {
  const total = createHistogram()
  for (const { latency } of load.operations) total.merge(latency)
  return total
}

/**
 * A histogram as few buckets of equal width on a log axis: [upper bound in ms, count], ascending, empty ones left out.
 * Bounds are the same for the same extremes, so that nothing is lost but detail.
 */
export const coarseBuckets = (histogram: Histogram, most = MOST_BUCKETS): [number, number][] => {
  const { counts, minUs, maxUs } = histogram.data()
  const low = Math.max(1, minUs)
  const high = Math.max(low, maxUs)
  const step = Math.max(Math.log(high / low) / most, 1e-9)
  const filled = new Map<number, number>()
  for (const [index, count] of counts) {
    const us = Math.min(high, Math.max(low, bucketLow(index)))
    const place = Math.min(most - 1, Math.floor(Math.log(us / low) / step))
    filled.set(place, (filled.get(place) ?? 0) + count)
  }
  return [...filled]
    .sort(([a], [b]) => a - b)
    .map(([place, count]) => [(low * Math.exp(step * (place + 1))) / 1_000, count])
}

/** The whole histogram for the tools of others: HdrHistogram V2 in microseconds, compressed, base64. */
export const hdrOf = (data: HistogramData): string => toHdrBase64(data)

/** How long each operation of a window took, small enough to be saved. */
export const latenciesOf = (
  { load }: Pick<Window, 'load'>,
  { ratePerSecond, slowMs }: Pick<Latencies, 'ratePerSecond' | 'slowMs'>,
): Latencies => ({
  ...{ ratePerSecond, slowMs },
  operations: load.operations.map(({ name, latency }) => {
    const histogram = histogramOf(latency)
    const at = (p: number) => histogram.quantile(p) / 1_000
    return {
      name,
      n: histogram.count,
      ...{ p50Ms: at(0.5), p90Ms: at(0.9), p99Ms: at(0.99) },
      maxMs: histogram.maxUs / 1_000,
      buckets: coarseBuckets(histogram),
    }
  }),
})

/** What one answered request of a window cost; null where the system does not tell, or none was answered. */
export type RequestCost = { appMs: number | null; storeMs: number | null; bytes: number | null }

export const requestCost = ({ load, gauge }: Pick<Window, 'load' | 'gauge'>): RequestCost => {
  const answered = sum(load.operations.map((one) => one.answered))
  const each = (total: number | null) => (total === null || answered === 0 ? null : total / answered)
  const spent = (cores: number | null) => each(cores === null ? null : cores * gauge.durationMs)
  return {
    appMs: spent(gauge.appCores),
    storeMs: spent(gauge.storeCores),
    bytes: each(sum(load.operations.map((one) => one.bytes))),
  }
}

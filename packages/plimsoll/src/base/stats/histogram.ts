import { BUCKET_COUNT, bucketIndex, bucketMiddle, HIGHEST_US } from './histogram-buckets.ts'

/** Sparse counts of a histogram, as saved and sent between threads: [index, count], ascending by index. */
export type HistogramData = {
  counts: [number, number][]
  /** exact extremes, microseconds; 0 when empty */
  minUs: number
  maxUs: number
}

/** Counts of durations in whole microseconds, up to an hour, at most 0.05 % off. */
export type Histogram = {
  readonly count: number
  /** exact; 0 when empty */
  readonly minUs: number
  /** exact; 0 when empty */
  readonly maxUs: number
  /** of the middles of the buckets; 0 when empty */
  readonly meanUs: number
  /** Rounds, and counts below 0 as 0, above an hour (and what is no number) as an hour: nothing is ever lost. */
  record(us: number): void
  /**
   * The value which at least `p` (0..1) of all values do not exceed: the middle of its bucket, never outside of what
   * was recorded; 0 when empty.
   */
  quantile(p: number): number
  /** Values of `us` and above; those that share its bucket count. */
  countAtLeast(us: number): number
  /** Adds what the other one holds; nothing is lost. */
  merge(other: HistogramData | Histogram): void
  data(): HistogramData
  reset(): void
}

const FIRST_SIZE = 2048
/** What is left of a product's own rounding must not ask for one value more. */
const ROUNDING = 1 - 2 ** -51

const toWhole = (us: number) => (us < HIGHEST_US ? (us > 0 ? (us + 0.5) >>> 0 : 0) : HIGHEST_US)

export const createHistogram = (): Histogram => {
  let counts = new Float64Array(FIRST_SIZE)
  let count = 0
  let minUs = HIGHEST_US
  let maxUs = 0

  const growTo = (index: number) => {
    const size = Math.min(BUCKET_COUNT, 2 ** Math.ceil(Math.log2(index + 1)))
    const grown = new Float64Array(size)
    grown.set(counts)
    counts = grown
  }

  const add = (index: number, times: number) => {
    if (index >= counts.length) growTo(index)
    counts[index] = (counts[index] ?? 0) + times
    count += times
  }

  const quantile = (p: number) => {
    const wanted = Math.max(1, Math.ceil(Math.min(p, 1) * count * ROUNDING))
    let seen = 0
    for (const [index, times] of counts.entries()) {
      seen += times
      if (seen >= wanted) return Math.min(maxUs, Math.max(minUs, bucketMiddle(index)))
    }
    return maxUs
  }

  const sum = () => counts.reduce((total, times, index) => total + times * bucketMiddle(index), 0)

  const data = (): HistogramData => {
    const filled: [number, number][] = []
    counts.forEach((times, index) => {
      if (times > 0) filled.push([index, times])
    })
    return { counts: filled, minUs: count === 0 ? 0 : minUs, maxUs }
  }

  return {
    get count() {
      return count
    },
    get minUs() {
      return count === 0 ? 0 : minUs
    },
    get maxUs() {
      return maxUs
    },
    get meanUs() {
      return count === 0 ? 0 : Math.min(maxUs, Math.max(minUs, sum() / count))
    },
    record: (us) => {
      const whole = toWhole(us)
      add(bucketIndex(whole), 1)
      if (whole < minUs) minUs = whole
      if (whole > maxUs) maxUs = whole
    },
    quantile,
    countAtLeast: (us) =>
      us > maxUs ? 0 : counts.subarray(bucketIndex(toWhole(us))).reduce((total, times) => total + times, 0),
    merge: (other) => {
      const from = 'data' in other ? other.data() : other
      for (const [index, times] of from.counts) add(index, times)
      if (from.counts.length === 0) return
      minUs = Math.min(minUs, from.minUs)
      maxUs = Math.max(maxUs, from.maxUs)
    },
    data,
    reset: () => {
      counts.fill(0)
      count = 0
      minUs = HIGHEST_US
      maxUs = 0
    },
  }
}

/** The histogram that the saved counts came from. */
export const histogramOf = (data: HistogramData): Histogram => {
  const histogram = createHistogram()
  histogram.merge(data)
  return histogram
}

/** Sparse counts of a histogram, as saved and sent between threads: [index, count], ascending by index. */
export type HistogramData = {
  counts: [number, number][]
  /** exact extremes, microseconds; 0 when empty */
  minUs: number
  maxUs: number
}

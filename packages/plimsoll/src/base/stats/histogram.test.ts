import { describe, expect, test } from 'vitest'
import { createRandom } from '../random/random.ts'
import { createHistogram, histogramOf } from './histogram.ts'
import { BUCKET_COUNT, bucketIndex, bucketLow, bucketMiddle, HIGHEST_US } from './histogram-buckets.ts'

const PROBABILITIES = [0, 0.001, 0.07, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1]
const LARGEST_ERROR = 0.0005

const SHAPES: Record<string, (uniform: number) => number> = {
  small: (uniform) => Math.floor(uniform * 3_000),
  even: (uniform) => Math.floor(uniform * 1e6),
  'log-normal, an hour at most': (uniform) => Math.floor(Math.min(HIGHEST_US, Math.exp(uniform * 22))),
  'two peaks': (uniform) => (uniform < 0.99 ? 100_000 : 2_000_000) + Math.floor(uniform * 1e4),
}

const drawn = (shape: (uniform: number) => number, seed: number, size: number) => {
  const random = createRandom(seed)
  return Array.from({ length: size }, () => shape(random.next()))
}

const filled = (values: readonly number[]) => {
  const histogram = createHistogram()
  for (const value of values) histogram.record(value)
  return histogram
}

/** The smallest value which at least p·n of the values do not exceed, with p as a fraction of whole numbers. */
const sortedQuantile = (sorted: readonly number[], p: number) => {
  const millionths = BigInt(Math.round(p * 1e6)) * BigInt(sorted.length)
  const wanted = Number((millionths + 999_999n) / 1_000_000n)
  return sorted[Math.max(1, wanted) - 1] ?? 0
}

describe.each(Object.entries(SHAPES))('%s', (_, shape) => {
  test.each([1, 2, 3, 10, 99, 100, 1_000, 20_000])('%i values: quantiles are those of the sorted', (size) => {
    const values = drawn(shape, size, size)
    const histogram = filled(values)
    const sorted = values.toSorted((a, b) => a - b)
    expect(histogram.count).toBe(size)
    expect(histogram.minUs).toBe(sorted[0])
    expect(histogram.maxUs).toBe(sorted.at(-1))
    for (const p of PROBABILITIES) {
      const truth = sortedQuantile(sorted, p)
      expect(Math.abs(histogram.quantile(p) - truth)).toBeLessThanOrEqual(truth * LARGEST_ERROR)
    }
    const mean = values.reduce((total, value) => total + value / size, 0)
    expect(Math.abs(histogram.meanUs - mean)).toBeLessThanOrEqual(mean * LARGEST_ERROR)
  })

  test('counts at least as many at or above a value as there are, and only its bucket more', () => {
    const values = drawn(shape, 5, 5_000)
    const histogram = filled(values)
    for (const limit of values.slice(0, 50)) {
      const low = bucketLow(bucketIndex(limit))
      expect(histogram.countAtLeast(limit)).toBe(values.filter((value) => value >= low).length)
    }
    expect(histogram.countAtLeast(0)).toBe(5_000)
    expect(histogram.countAtLeast(histogram.maxUs + 1)).toBe(0)
  })

  test('parts merge into the whole, as histograms and as saved counts', () => {
    const values = drawn(shape, 9, 3_000)
    const whole = filled(values)
    const merged = createHistogram()
    merged.merge(filled(values.slice(0, 1_000)))
    merged.merge(filled(values.slice(1_000, 1_001)).data())
    merged.merge(createHistogram())
    merged.merge(JSON.parse(JSON.stringify(filled(values.slice(1_001)).data())))
    expect(merged.data()).toEqual(whole.data())
    expect(merged.count).toBe(whole.count)
    expect(histogramOf(whole.data()).data()).toEqual(whole.data())
  })
})

test('every bucket begins where the one before it ends, and is narrow', () => {
  const wrong = Array.from({ length: BUCKET_COUNT - 1 }, (_, index) => index + 1).filter((index) => {
    const low = bucketLow(index)
    const next = bucketLow(index + 1)
    const begins = bucketIndex(low) === index && bucketIndex(low - 1) === index - 1
    const isNarrow = next - low === 1 || (next - low) / low <= 1 / 1024
    return !begins || !isNarrow || bucketMiddle(index) !== (low + next - 1) / 2
  })
  expect(wrong).toEqual([])
})

test('has the indexes of HdrHistogram', () => {
  expect([0, 1, 2047, 2048, 2049, 4095, 4096, 100_000, HIGHEST_US].map(bucketIndex)).toEqual([
    0, 1, 2047, 2048, 2048, 3071, 3072, 7706, 23_220,
  ])
})

test('nothing recorded says nothing', () => {
  const { count, minUs, maxUs, meanUs, quantile, countAtLeast, data } = createHistogram()
  expect({ count, minUs, maxUs, meanUs }).toEqual({ count: 0, minUs: 0, maxUs: 0, meanUs: 0 })
  expect(quantile(0.5)).toBe(0)
  expect(countAtLeast(0)).toBe(0)
  expect(data()).toEqual({ counts: [], minUs: 0, maxUs: 0 })
})

test('rounds, and clamps what is out of reach instead of losing it', () => {
  const odd = [-1, -0, 0.4, 0.5, 1.49, 2 ** 31 + 0.4, 2 ** 32, HIGHEST_US, HIGHEST_US + 1, Infinity, NaN]
  const histogram = filled(odd)
  expect(histogram.count).toBe(odd.length)
  expect(histogram.minUs).toBe(0)
  expect(histogram.maxUs).toBe(HIGHEST_US)
  expect(histogram.countAtLeast(HIGHEST_US)).toBe(5)
  expect(histogram.data().counts).toEqual([
    [0, 3],
    [1, 2],
    [bucketIndex(2 ** 31), 1],
    [bucketIndex(HIGHEST_US), 5],
  ])
})

test('is as new after a reset', () => {
  const histogram = filled([5, 1_000_000])
  histogram.reset()
  expect(histogram.data()).toEqual(createHistogram().data())
  histogram.record(7)
  expect(histogram.data()).toEqual({ counts: [[7, 1]], minUs: 7, maxUs: 7 })
})

test('one value is answered exactly at every quantile, however wide its bucket is', () => {
  const histogram = filled([123_456_789])
  expect(PROBABILITIES.map(histogram.quantile)).toEqual(PROBABILITIES.map(() => 123_456_789))
})

import { expect, test } from 'vitest'
import { createRandom } from '../random/random.ts'
import { decodeHdrV2, encodeHdrV2 } from './hdr-v2.ts'
import { createHistogram, type HistogramData } from './histogram.ts'
import { HIGHEST_US } from './histogram-buckets.ts'

/** The values behind WRITTEN: [value, how often]. */
const VALUES: [number, number][] = [
  [0, 2],
  [1, 1],
  [3, 5],
  [2047, 1],
  [2048, 70],
  [100_000, 3000],
  [1_900_123, 12],
  [2 ** 31 + 5, 1],
  [HIGHEST_US, 2],
]

/** By hdr-histogram-js 3.0.1, with a lowest value of 1, a highest of 3.6e9 and three digits. */
const WRITTEN = 'HISTEwAAABcAAAABAAAAAwAAAAAAAAABAAAAANaTpAAAAAAAAAAAAQQCAAr1HwKMAbFY8C7HRBj/ogEC5QoE'

const dataOf = (values: readonly [number, number][]): HistogramData => {
  const histogram = createHistogram()
  for (const [value, times] of values) for (let time = 0; time < times; time += 1) histogram.record(value)
  return histogram.data()
}

const written = Buffer.from(WRITTEN, 'base64')

test('reads what HdrHistogram wrote', () => {
  expect(decodeHdrV2(written)?.counts).toEqual(dataOf(VALUES).counts)
})

test('writes what HdrHistogram writes, but for the head that it does not read', () => {
  const bytes = encodeHdrV2(dataOf(VALUES))
  expect(bytes.subarray(40)).toEqual(written.subarray(40))
  expect(bytes.subarray(0, 8)).toEqual(written.subarray(0, 8))
  expect(bytes.subarray(12, 32)).toEqual(written.subarray(12, 32))
})

test('reads back what it writes, with the extremes of the outermost buckets', () => {
  const random = createRandom(11)
  const values = Array.from({ length: 3_000 }, (): [number, number] => [Math.exp(random.next() * 22), 1])
  for (const data of [dataOf(values), dataOf(VALUES), dataOf([]), dataOf([[123_456_789, 3]])]) {
    const read = decodeHdrV2(encodeHdrV2(data))
    expect(read?.counts).toEqual(data.counts)
    expect(read?.minUs).toBeLessThanOrEqual(data.minUs)
    expect(read?.maxUs).toBeGreaterThanOrEqual(data.maxUs)
    expect(read?.maxUs).toBeLessThanOrEqual(Math.min(HIGHEST_US, data.maxUs * 1.001))
  }
})

test('says null to what is no such encoding', () => {
  const other = Buffer.from(written)
  other.writeUInt8(0x23, 3)
  expect([Buffer.alloc(0), written.subarray(0, 30), other].map(decodeHdrV2)).toEqual([null, null, null])
})

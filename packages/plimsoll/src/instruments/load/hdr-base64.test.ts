import { expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import { createHistogram, type HistogramData, histogramOf } from '../../base/stats/histogram.ts'
import { HIGHEST_US } from '../../base/stats/histogram-buckets.ts'
import { fromHdrBase64, toHdrBase64 } from './hdr-base64.ts'

/** The values behind WRITTEN and WRITTEN_PLAIN: [value, how often]. */
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
const WRITTEN = 'HISTFAAAADt4nJNpmSzMwMAgzsDAwMjAwMDMAAEgNsO1yUsYYHwWJgaur/JMPYwbIz7oHXeR+L+IkekpFwsA7Q8LBQ=='
const WRITTEN_PLAIN = 'HISTEwAAABcAAAABAAAAAwAAAAAAAAABAAAAANaTpAAAAAAAAAAAAQQCAAr1HwKMAbFY8C7HRBj/ogEC5QoE'
/** By the same, of 37000·i² for i from 1 to 50, with a lowest value of 1000, a highest of 6e10 and two digits. */
const WRITTEN_COARSE =
  'HISTFAAAAHl4nC2GoQrCYBRGv3uWhojIzxhDf0QWhpgWlgxGEaPFvmT2AVZWxeADDB/LN9gjGMWL53DgLPtnkHSVZJKQk4ySpp/DRX/sYdwTXvA2BqPjRsuRMydqGnbsWVNSUrFhSyQnp6BgQSSyYubOveAFMr+UlIn38wv3AA37'

const dataOf = (values: readonly [number, number][]): HistogramData => {
  const histogram = createHistogram()
  for (const [value, times] of values) for (let time = 0; time < times; time += 1) histogram.record(value)
  return histogram.data()
}

test.each([
  ['compressed', WRITTEN],
  ['plain', WRITTEN_PLAIN],
])('reads what HdrHistogram wrote, %s', (_, written) => {
  expect(fromHdrBase64(written)?.counts).toEqual(dataOf(VALUES).counts)
})

test('reads other digits and another lowest value, each bucket at its middle', () => {
  const read = histogramOf(fromHdrBase64(WRITTEN_COARSE) ?? { counts: [], minUs: 0, maxUs: 0 })
  const near = (value: number, truth: number) => expect(Math.abs(value - truth) / truth).toBeLessThan(0.01)
  expect(read.count).toBe(50)
  for (const i of [1, 10, 25, 45, 50]) near(read.quantile(i / 50), 37_000 * i * i)
  near(read.minUs, 37_000)
  near(read.maxUs, 37_000 * 2500)
})

test('reads back what it writes', () => {
  const random = createRandom(11)
  const values = Array.from({ length: 3_000 }, (): [number, number] => [Math.exp(random.next() * 22), 1])
  for (const data of [dataOf(values), dataOf(VALUES), dataOf([]), dataOf([[123_456_789, 3]])]) {
    expect(fromHdrBase64(toHdrBase64(data))?.counts).toEqual(data.counts)
  }
})

test('says null to what is no such encoding', () => {
  const cut = Buffer.from(WRITTEN, 'base64').subarray(0, 30).toString('base64')
  expect(['', 'plimsoll', cut, WRITTEN.replace('HIST', 'HIRT')].map(fromHdrBase64)).toEqual([
    null,
    null,
    null,
    null,
  ])
})

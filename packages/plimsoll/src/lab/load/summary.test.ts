import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createHistogram } from '../../base/stats/histogram.ts'
import { coarseBuckets, hdrOf, latenciesOf, requestCost, totalLatency } from './summary.ts'
import type { Window } from './window.ts'

const of = (...us: number[]) => {
  const histogram = createHistogram()
  for (const one of us) histogram.record(one)
  return histogram
}

const operation = (name: string, us: number[]): Window['load']['operations'][number] => ({
  ...{ name, meant: us.length, answered: us.length, statuses: {}, errors: {}, slow: 0, bytes: 100 },
  latency: of(...us).data(),
  service: of(...us).data(),
})

const load: Window['load'] = {
  ...{
    startedAtMs: 0,
    durationMs: 1_000,
    sendingMs: 1_000,
    connectionsOpened: 1,
    cpuMs: null,
    refused: null,
    onlyLate: false,
  },
  operations: [operation('GET /a', [1_000, 2_000]), operation('GET /b', [50_000, 400_000])],
  lateness: of().data(),
  ticks: [],
}

const gauge: Window['gauge'] = {
  ...{
    durationMs: 2_000,
    cores: 2,
    appCores: 0.5,
    appBusiestThread: 0.4,
    appMemoryMb: 80,
    appDescriptors: 20,
  },
  ...{ storeCores: null, ownCores: 0.1, foreignCores: 0, stolenCores: 0, pressure: 0, throttledMs: 0 },
  unmeasured: [],
}

test('the answers of all operations in one histogram', () => {
  const total = totalLatency({ load })
  expect([total.count, total.minUs, total.maxUs]).toEqual([4, 1_000, 400_000])
})

/** An independent reader, of the published format: cookie and length, then zlib; cookie, length, head, zigzag numbers. */
const countsInHdr = (text: string): number => {
  const outer = Buffer.from(text, 'base64')
  expect(outer.readUInt32BE(0)).toBe(0x1c849314)
  const plain = inflateSync(outer.subarray(8, 8 + outer.readUInt32BE(4)))
  expect(plain.readUInt32BE(0)).toBe(0x1c849313)
  let total = 0
  for (let at = 40; at < 40 + plain.readUInt32BE(4); ) {
    let number = 0
    for (let shift = 1; ; shift *= 128, at += 1) {
      const byte = plain.readUInt8(at)
      number += (byte % 128) * shift
      if (byte < 128) break
    }
    at += 1
    total += number % 2 === 0 ? number / 2 : 0
  }
  return total
}

test('what HdrHistogram reads holds every answer, and is no larger than a picture', () => {
  const values = Array.from({ length: 5_000 }, (_, index) => Math.round(300 * 1.002 ** index))
  const written = hdrOf(of(...values).data())
  expect(countsInHdr(written)).toBe(5_000)
  expect(written.length).toBeLessThan(4_000)
})

test('buckets keep every count, ascend, and hold what they say', () => {
  const values = Array.from({ length: 5_000 }, (_, index) => Math.round(300 * 1.002 ** index))
  const buckets = coarseBuckets(of(...values))
  expect(buckets.length).toBeLessThanOrEqual(80)
  expect(buckets.reduce((sum, [, count]) => sum + count, 0)).toBe(5_000)
  expect(buckets.map(([bound]) => bound)).toEqual([...buckets.map(([bound]) => bound)].sort((a, b) => a - b))
  let seen = 0
  for (const [bound, count] of buckets) {
    seen += count
    const below = values.filter((us) => us <= bound * 1_000 * 1.001).length
    expect(Math.abs(below - seen)).toBeLessThan(3)
  }
})

test.each([
  ['nothing', [], []],
  ['one value', [700], [[0.7, 1]]],
  ['equal values', [700, 700, 700], [[0.7, 3]]],
  ['zero', [0], [[0.001, 1]]],
])('buckets of %s', (_, values, expected) => {
  expect(coarseBuckets(of(...values)).map(([bound, count]) => [Number(bound.toFixed(3)), count])).toEqual(
    expected,
  )
})

test('latencies by operation', () => {
  const { operations } = latenciesOf({ load }, { ratePerSecond: 4, slowMs: 200 })
  expect(operations.map(({ name, n, maxMs }) => [name, n, maxMs])).toEqual([
    ['GET /a', 2, 2],
    ['GET /b', 2, 400],
  ])
})

test('cost of one request', () => {
  expect(requestCost({ load, gauge })).toEqual({ appMs: 250, storeMs: null, bytes: 50 })
  const nothing = { ...load, operations: [] }
  expect(requestCost({ load: nothing, gauge })).toEqual({ appMs: null, storeMs: null, bytes: null })
})

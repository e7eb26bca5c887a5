import { createHistogram, type HistogramData } from './histogram.ts'
import { bucketIndex, HIGHEST_US, LOWEST_US, SIGNIFICANT_DIGITS } from './histogram-buckets.ts'
import { decodeZigzags, encodeZigzag } from './zigzag.ts'

const COOKIE = 0x1c849313
/** cookie, payload bytes, normalising offset, digits (4 each), lowest, highest, ratio (8 each) */
const HEAD_BYTES = 40

/** Counts in the order of their buckets; a run of empty ones is its length, negative (a single one is 0). */
const payloadOf = ({ counts }: HistogramData): Buffer => {
  const numbers: number[] = []
  let next = 0
  for (const [index, count] of counts) {
    const empty = index - next
    if (empty > 0) numbers.push(empty === 1 ? 0 : -empty)
    numbers.push(count)
    next = index + 1
  }
  return Buffer.from(numbers.flatMap(encodeZigzag))
}

/** HdrHistogram's V2 encoding, not compressed. */
export const encodeHdrV2 = (data: HistogramData): Buffer => {
  const payload = payloadOf(data)
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32BE(COOKIE, 0)
  head.writeUInt32BE(payload.length, 4)
  head.writeUInt32BE(SIGNIFICANT_DIGITS, 12)
  head.writeBigInt64BE(BigInt(LOWEST_US), 16)
  head.writeBigInt64BE(BigInt(HIGHEST_US), 24)
  head.writeDoubleBE(1, 32)
  return Buffer.concat([head, payload])
}

type Extent = { low: number; high: number }

/** What falls into a bucket of any HdrHistogram. */
const extentOf = (index: number, lowest: number, digits: number): Extent => {
  const half = 2 ** (Math.ceil(Math.log2(2 * 10 ** digits)) - 1)
  const doublings = Math.max(0, Math.floor(index / half) - 1)
  const width = 2 ** (doublings + Math.floor(Math.log2(lowest)))
  const low = (index - doublings * half) * width
  return { low, high: low + width - 1 }
}

/**
 * Reads HdrHistogram's V2 encoding, not compressed, of microseconds. It does not hold the extremes: they are those of
 * the outermost buckets. With other digits than ours each bucket counts at its middle.
 * @returns null for what is no such encoding
 */
export const decodeHdrV2 = (bytes: Buffer): HistogramData | null => {
  if (bytes.length < HEAD_BYTES || bytes.readUInt32BE(0) !== COOKIE) return null
  const digits = bytes.readUInt32BE(12)
  const lowest = Number(bytes.readBigInt64BE(16))
  if (digits > 5 || lowest < 1) return null
  const histogram = createHistogram()
  let index = 0
  for (const number of decodeZigzags(bytes.subarray(HEAD_BYTES, HEAD_BYTES + bytes.readUInt32BE(4)))) {
    if (number > 0) {
      const { low, high } = extentOf(index, lowest, digits)
      const [minUs, maxUs, middle] = [low, high, Math.floor((low + high) / 2)].map((value) =>
        Math.min(HIGHEST_US, value),
      )
      histogram.merge({ counts: [[bucketIndex(middle ?? 0), number]], minUs: minUs ?? 0, maxUs: maxUs ?? 0 })
    }
    index += number < 0 ? -number : 1
  }
  return histogram.data()
}

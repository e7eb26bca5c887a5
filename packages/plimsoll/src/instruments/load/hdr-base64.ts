import { deflateSync, inflateSync } from 'node:zlib'
import { decodeHdrV2, encodeHdrV2 } from '../../base/stats/hdr-v2.ts'
import type { HistogramData } from '../../base/stats/histogram.ts'

const COOKIE = 0x1c849314
/** cookie and bytes that follow (4 each) */
const HEAD_BYTES = 8

/** HdrHistogram's V2 encoding, compressed, as base64: what its log files hold and every port of it reads. */
export const toHdrBase64 = (data: HistogramData): string => {
  const content = deflateSync(encodeHdrV2(data))
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32BE(COOKIE, 0)
  head.writeUInt32BE(content.length, 4)
  return Buffer.concat([head, content]).toString('base64')
}

const inflate = (bytes: Buffer): Buffer | null => {
  try {
    return inflateSync(bytes.subarray(HEAD_BYTES, HEAD_BYTES + bytes.readUInt32BE(4)))
  } catch {
    return null
  }
}

/**
 * Reads base64 of HdrHistogram's V2 encoding, compressed or not.
 * @returns null for what is no such encoding; else as `decodeHdrV2` has it
 */
export const fromHdrBase64 = (base64: string): HistogramData | null => {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length < HEAD_BYTES) return null
  const plain = bytes.readUInt32BE(0) === COOKIE ? inflate(bytes) : bytes
  return plain === null ? null : decodeHdrV2(plain)
}

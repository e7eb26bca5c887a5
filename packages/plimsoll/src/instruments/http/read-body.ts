import type { Readable } from 'node:stream'

const KEEP_BYTES = 64 * 1024

/** Reads to the end, whatever its length, and keeps the first 64 KB as text. */
export const readBody = async (stream: Readable): Promise<string> => {
  const kept: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes: Buffer = Buffer.from(chunk)
    if (size < KEEP_BYTES) kept.push(bytes.subarray(0, KEEP_BYTES - size))
    size += bytes.length
  }
  return Buffer.concat(kept).toString('utf8')
}

import type { Readable } from 'node:stream'

/** Reads to the end, whatever its length, and keeps that many characters of its start. */
export const readBody = async (stream: Readable, characters: number): Promise<string> => {
  // A character of UTF-8 takes at most four bytes.
  const keepBytes = characters * 4
  const kept: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes: Buffer = Buffer.from(chunk)
    if (size < keepBytes) kept.push(bytes.subarray(0, keepBytes - size))
    size += bytes.length
  }
  return Buffer.concat(kept).toString('utf8').slice(0, characters)
}

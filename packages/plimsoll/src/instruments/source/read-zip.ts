import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const END_BYTES = 22
const LONGEST_COMMENT = 0xffff
const STORED = 0
const DEFLATED = 8
const LARGEST_ENTRY_BYTES = 4 << 20

/** Where the list of entries begins; null when the archive has no end record. */
const directoryOf = (zip: Buffer): number | null => {
  const first = Math.max(0, zip.length - END_BYTES - LONGEST_COMMENT)
  for (let at = zip.length - END_BYTES; at >= first; at -= 1)
    if (zip.readUInt32LE(at) === END) return zip.readUInt32LE(at + 16)
  return null
}

const contentOf = (zip: Buffer, entry: number): Buffer | null => {
  const method = zip.readUInt16LE(entry + 10)
  const packed = zip.readUInt32LE(entry + 20)
  const local = zip.readUInt32LE(entry + 42)
  if (local + 30 > zip.length) return null
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const bytes = zip.subarray(start, start + packed)
  if (method === STORED) return bytes
  return method === DEFLATED ? inflateRawSync(bytes, { maxOutputLength: LARGEST_ENTRY_BYTES }) : null
}

/**
 * The texts of the entries whose name ends so, one after the other. Archives under 4 GB; the count in the end record
 * is not used, so that those with more than 65,535 entries are read too.
 */
export function* readZip(zip: Buffer, ending: string): Generator<string> {
  let at = zip.length < END_BYTES ? null : directoryOf(zip)
  while (at !== null && at + 46 <= zip.length && zip.readUInt32LE(at) === ENTRY) {
    const nameBytes = zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameBytes)
    const content = name.endsWith(ending) ? contentOf(zip, at) : null
    if (content !== null) yield content.toString('utf8')
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}

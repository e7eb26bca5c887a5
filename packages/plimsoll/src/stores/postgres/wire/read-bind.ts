import { readBinaryValue } from './binary-value.ts'
import { type Reader, readInt16, readInt32 } from './message.ts'

const KEEP_BYTES = 1_000
const BINARY = 1

/**
 * The parameters of a Bind message as text, each cut to 1,000 bytes; null is SQL's null.
 * @param types by pg_type's numbers, as far as they are known
 */
export const readParameters = (reader: Reader, types: readonly number[]): (string | null)[] => {
  const formats: number[] = []
  for (let left = readInt16(reader); left > 0 && reader.at < reader.end; left -= 1)
    formats.push(readInt16(reader))
  const values: (string | null)[] = []
  for (let left = readInt16(reader); left > 0 && reader.at < reader.end; left -= 1) {
    const length = readInt32(reader)
    if (length < 0) {
      values.push(null)
      continue
    }
    const end = Math.min(reader.at + Math.min(length, KEEP_BYTES), reader.end)
    const format = formats.length > 1 ? formats[values.length] : formats[0]
    values.push(
      format === BINARY
        ? readBinaryValue(reader.bytes.subarray(reader.at, end), types[values.length] ?? 0)
        : reader.bytes.toString('utf8', reader.at, end),
    )
    reader.at += length
  }
  return values
}

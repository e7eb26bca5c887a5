/** ZigZag LEB128 in HdrHistogram's variant for 64 bits: at most nine bytes, the ninth with all of its eight bits. */
const LAST_BYTE = 8

const toZigzag = (value: number): bigint => (value < 0 ? -2n * BigInt(value) - 1n : 2n * BigInt(value))

const fromZigzag = (value: bigint): number => Number(value & 1n ? -((value + 1n) >> 1n) : value >> 1n)

/** @param value whole */
export const encodeZigzag = (value: number): number[] => {
  const bytes: number[] = []
  let rest = toZigzag(value)
  while (rest >= 0x80n && bytes.length < LAST_BYTE) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return bytes
}

/** The numbers that the bytes hold; what a broken end leaves over is left out. */
export const decodeZigzags = (bytes: Uint8Array): number[] => {
  const numbers: number[] = []
  let value = 0n
  let length = 0
  for (const byte of bytes) {
    const isLast = length === LAST_BYTE || byte < 0x80
    value |= BigInt(length === LAST_BYTE ? byte : byte & 0x7f) << BigInt(7 * length)
    length += 1
    if (!isLast) continue
    numbers.push(fromZigzag(value))
    value = 0n
    length = 0
  }
  return numbers
}

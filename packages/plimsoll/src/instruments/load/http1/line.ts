/** A line longer than this is not sent in good faith. */
const LONGEST = 65_536
const LF = 10
const CR = 13
const NOTHING: Buffer = Buffer.alloc(0)

/** One line of text at a time, as a view of the bytes it came in; copied only where it lies over a chunk's border. */
export type Line = {
  /** Where the next byte after the line is, or `length` where the line goes on; -1 when it grows too long. */
  read(bytes: Buffer, at: number, length: number): number
  /** the whole line was read: it is `bytes` from `from` to `to`, without its end */
  readonly isWhole: boolean
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
  forget(): void
}

export const createLine = (): Line => {
  let carried = NOTHING
  const line = {
    isWhole: false,
    bytes: NOTHING,
    from: 0,
    to: 0,
    read: (bytes: Buffer, at: number, length: number) => {
      let end = at
      while (end < length && bytes[end] !== LF) end += 1
      line.isWhole = end < length
      if (carried.length > 0 || !line.isWhole) {
        carried = Buffer.concat([carried, bytes.subarray(at, end)])
        if (carried.length > LONGEST) return -1
      }
      if (!line.isWhole) return length
      const isCarried = carried.length > 0
      line.bytes = isCarried ? carried : bytes
      line.from = isCarried ? 0 : at
      line.to = isCarried ? carried.length : end
      if (line.to > line.from && line.bytes[line.to - 1] === CR) line.to -= 1
      carried = NOTHING
      return end + 1
    },
    forget: () => {
      carried = NOTHING
    },
  }
  return line
}

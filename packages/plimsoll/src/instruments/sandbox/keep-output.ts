const FIRST = 100_000
const LAST = 300_000

export type Kept = { add(text: string): void; text(): string }

/** Keeps the first 100,000 and the last 300,000 characters, and says how many it left out between them. */
export const keepOutput = (): Kept => {
  let first = ''
  let last = ''
  let left = 0
  return {
    add: (text) => {
      const room = FIRST - first.length
      first += text.slice(0, room)
      last += text.slice(room)
      if (last.length > LAST * 2) {
        left += last.length - LAST
        last = last.slice(-LAST)
      }
    },
    text: () => {
      const over = Math.max(0, last.length - LAST)
      const omitted = left + over
      if (omitted === 0) return first + last
      return `${first}\n… ${omitted} characters left out …\n${last.slice(over)}`
    },
  }
}

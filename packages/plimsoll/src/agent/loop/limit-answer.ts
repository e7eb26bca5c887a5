export const ANSWER_BYTES = 8_000
/** A source file of some hundred lines, whole: in pieces it costs more turns than it saves. */
export const READ_BYTES = 24_000

const bytesOf = (text: string) => Buffer.byteLength(text)

const clip = (text: string, mostBytes: number): string => {
  const cut = Buffer.from(text).subarray(0, mostBytes).toString('utf8')
  return cut.replace(/\uFFFD+$/, '')
}

/** Lines from one end that fit; one that is longer than all of it is cut. */
const fit = (lines: readonly string[], mostBytes: number): string[] => {
  const kept: string[] = []
  let bytes = 0
  for (const line of lines) {
    bytes += bytesOf(line) + 1
    if (bytes > mostBytes) break
    kept.push(line)
  }
  return kept
}

export type Limited = { text: string; left: null | { from: number; to: number } }

/**
 * The beginning and the end of a text that is too long; the end holds what a program says when it fails.
 * @returns `left`: lines, counted from 1, that are missing in between
 */
export const limitLines = (text: string, mostBytes: number): Limited => {
  if (bytesOf(text) <= mostBytes) return { text, left: null }
  const lines = text.split('\n')
  const head = fit(lines, Math.floor(mostBytes * 0.6))
  const tail = fit(lines.slice(head.length).reverse(), Math.floor(mostBytes * 0.3)).reverse()
  const left = { from: head.length + 1, to: lines.length - tail.length }
  const first = head.length === 0 ? [`${clip(lines[0] ?? '', Math.floor(mostBytes * 0.6))}…`] : head
  return { text: [...first, `… lines ${left.from} to ${left.to} are left out …`, ...tail].join('\n'), left }
}

/**
 * An answer as a model gets it: at most `mostBytes`, with the rest in a file.
 * @param spill keeps the whole and gives its path
 */
export const limitAnswer = async (
  text: string,
  spill: (text: string) => Promise<string | null>,
  mostBytes: number,
): Promise<string> => {
  const limited = limitLines(text, mostBytes - 300)
  if (limited.left === null) return limited.text
  const file = await spill(text)
  const { from, to } = limited.left
  const where =
    file === null
      ? 'ask for less: a smaller part, or a narrower search'
      : `the whole is in ${file}: read its lines ${from} to ${Math.min(to, from + 150)}, or search it with grep`
  return `${limited.text}\n(${bytesOf(text)} bytes were too many for one answer; ${where})`
}

import { byteLength, fitRows } from '../base/text/fit.ts'

/** The most that an answer of the engine takes, in bytes. */
export const MOST_BYTES = 4_000

/** What is kept for the line that says what is missing. */
const NOTE_BYTES = 160

/** Cuts a text that is too long at the end of a line, and says what is missing and where to get it. */
export const cutText = (text: string, mostBytes: number, rest: string): string => {
  if (byteLength(text) <= mostBytes) return text
  const { rows, left } = fitRows(text.split('\n'), mostBytes - NOTE_BYTES)
  if (rows.length > 0) return `${rows.join('\n')}\n(${left} more lines: ${rest})`
  // A character takes four bytes at most.
  return `${text.slice(0, Math.floor((mostBytes - NOTE_BYTES) / 4))}…\n(cut: ${rest})`
}

/** A line that is longer than anybody reads, with how much is missing. */
export const cutLine = (line: string, most = 500): string =>
  line.length <= most ? line : `${line.slice(0, most)}… (+${line.length - most} characters)`

import type { StatementRecord } from '../../model/evidence.ts'

/** Lines that only a stack trace has. */
const FRAMES: readonly RegExp[] = [
  /\bat (?:[\w$.<>[\] ]+ )?\(?(?:file:\/\/)?(?:\/|node:|[A-Za-z]:\\)[^\s()"]+:\d+:\d+\)?/,
  /Traceback \(most recent call last\)|File "[^"]+", line \d+, in \w+/,
  /\bat [\w.$]+\(\w+\.(?:java|kt):\d+\)/,
  /goroutine \d+ \[running\]/,
]

/** Enough of a statement to be no coincidence. */
const TEXT = 24

const plain = (text: string) =>
  text
    .replace(/\\["nrt]/g, ' ')
    .replace(/["\s]+/g, ' ')
    .toLowerCase()

/** What of the inside an error answer shows: a line of a stack trace, or the text of a statement; null for none. */
export const internalsIn = (body: string, statements: readonly StatementRecord[]): string | null => {
  for (const frame of FRAMES) {
    const found = frame.exec(body)?.[0]
    if (found !== undefined) return found.trim().slice(0, 120)
  }
  const text = plain(body)
  const told = statements.find(({ sql }) => sql.length >= TEXT && text.includes(plain(sql).slice(0, TEXT)))
  return told === undefined ? null : told.sql.slice(0, 120)
}

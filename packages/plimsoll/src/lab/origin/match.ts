import { plainSql, tablesIn } from './sql-text.ts'

const FEWEST_CHARACTERS = 12
/** A text that holds less of the statement than this is a part that many statements have. */
const LEAST_SHARE = 0.3
/** Where values were written into it, it was put together from several texts of the source. */
const LEAST_SHARE_JOINED = 0.2

/** A statement, made ready to be looked for. */
export type Wanted = {
  plain: string
  tables: string[]
  /** so many characters of it a text has to hold */
  least: number
}

const VALUES = /'(?:[^']|'')*'/g

export const wantedOf = (sql: string): Wanted => {
  const plain = plainSql(sql)
  const { length } = plain.replace(VALUES, '')
  const share = length < plain.length ? LEAST_SHARE_JOINED : LEAST_SHARE
  return { plain, tables: tablesIn(plain), least: Math.max(FEWEST_CHARACTERS, length * share) }
}

const hasWord = (text: string, word: string) => new RegExp(`(?<![\\w])${word}(?![\\w])`).test(text)

/**
 * How many characters of the statement a text of the source writes; 0 when it is not its text. Its fixed parts must
 * all stand in the statement, in order, and name one of its tables.
 */
export const charactersOf = (segments: readonly string[], { plain, tables, least }: Wanted): number => {
  let at = 0
  let characters = 0
  for (const segment of segments) {
    const found = plain.indexOf(segment, at)
    if (found === -1) return 0
    at = found + segment.length
    characters += segment.length
  }
  if (characters < least) return 0
  return segments.some((segment) => tables.some((table) => hasWord(segment, table))) ? characters : 0
}

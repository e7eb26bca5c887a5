import type { StatementRecord } from '../evidence.ts'
import { stackIn } from './stack.ts'

/** Enough of a statement to be no coincidence. */
const TEXT = 24

const plain = (text: string) =>
  text
    .replace(/\\["nrt]/g, ' ')
    .replace(/["\s]+/g, ' ')
    .toLowerCase()

/** What of the inside an error answer shows: a line of a stack trace, or the text of a statement; null for none. */
export const internalsIn = (body: string, statements: readonly StatementRecord[]): string | null => {
  const frame = stackIn(body)
  if (frame !== null) return frame
  const text = plain(body)
  const told = statements.find(({ sql }) => sql.length >= TEXT && text.includes(plain(sql).slice(0, TEXT)))
  return told === undefined ? null : told.sql.slice(0, 120)
}

const OF_STORE =
  /(?:duplicate key value violates|violates (?:not-null|foreign key|unique|check|exclusion) constraint|invalid input syntax for type|value too long for type|out of range for type|syntax error at or near|invalid byte sequence for encoding|(?:column|relation) \\?"[^"]{1,80}" (?:of relation )?[^.]{0,60}does not exist|SQLITE_(?:ERROR|CONSTRAINT|MISMATCH)|\bER_[A-Z]+_[A-Z_]+\b|SequelizeDatabaseError|QueryFailedError|PrismaClient\w+Error)[^<\n]{0,80}/

/** What a store or its client says of a failed statement, passed on in an answer; null for none. */
export const storeWordsIn = (body: string): string | null =>
  OF_STORE.exec(body)?.[0].trim().slice(0, 120) ?? null

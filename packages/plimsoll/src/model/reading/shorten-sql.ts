import { truncate } from '../../base/text/wrap.ts'

type Cut = (sql: string) => string

/** What is left out first where there is too little room: each says less than the one before. */
const CUTS: readonly Cut[] = [
  (sql) => sql.replace(/"(\w+)"/g, '$1').replace(/\bpublic\./g, ''),
  (sql) => sql.replace(/ RETURNING .*$/i, ''),
  (sql) => sql.replace(/^SET TRANSACTION (?=ISOLATION LEVEL )/i, ''),
  (sql) => sql.replace(/^SELECT (?!\w+\()(?!pg_).{4,}? FROM /i, 'SELECT … FROM '),
  (sql) => sql.replace(/^(INSERT INTO \S+) ?\(.*$/i, '$1 (…)'),
  (sql) => sql.replace(/^(INSERT INTO \S+) \(…\)$/, '$1'),
  (sql) => sql.replace(/\b\w+\.(?=\w)/g, ''),
  (sql) => sql.replace(/^SELECT .+? FROM /i, 'SELECT … FROM '),
  (sql) => sql.replace(/^SELECT … FROM /, 'FROM '),
]

/** The statement in one line of at most that many characters: the table goes last. */
export const shortenSql = (sql: string, characters: number): string => {
  let short = sql.replace(/\s+/g, ' ').trim()
  for (const cut of CUTS) {
    if (short.length <= characters) return short
    short = cut(short)
  }
  return truncate(short, characters)
}

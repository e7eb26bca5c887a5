import { createBoundedMap } from './bounded-map.ts'
import { shapeOf } from './shape.ts'
import { splitStatements } from './split-statements.ts'

/** A statement's text, cut to 20,000 characters, and its shape. */
export type SqlText = { sql: string; shape: string }

const KEEP_TEXTS = 2_000
const KEEP_CHARACTERS = 20_000
const LONG_CHARACTERS = 4_000

const single = createBoundedMap<SqlText>(KEEP_TEXTS)
const several = createBoundedMap<readonly SqlText[]>(KEEP_TEXTS)

const describe = (sql: string): SqlText => {
  const kept = sql.length > KEEP_CHARACTERS ? `${sql.slice(0, KEEP_CHARACTERS)}…` : sql
  return { sql: kept.trim(), shape: shapeOf(kept) }
}

const remember = <Value>(
  cache: { set(key: string, value: Value): void },
  sql: string,
  value: Value,
): Value => {
  if (sql.length <= LONG_CHARACTERS) cache.set(sql, value)
  return value
}

/** One statement. */
export const readSql = (sql: string): SqlText => single.get(sql) ?? remember(single, sql, describe(sql))

/** The statements of a simple query. */
export const readSqlBatch = (sql: string): readonly SqlText[] =>
  several.get(sql) ?? remember(several, sql, splitStatements(sql).map(describe))

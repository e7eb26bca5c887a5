/** What no row lock can be put on. */
const NOT_ROWS =
  /\b(?:group by|distinct|union|intersect|except|having|over ?\(|offset|for (?:no key )?(?:update|share)|(?:sum|count|max|min|avg|array_agg|json_agg|jsonb_agg|bool_or|bool_and|string_agg) ?\()/i

const SOURCES =
  /\b(?:from|join) (?:\w+\.)?"?(\w+)"?(?: as)?(?: (?!join\b|on\b|where\b|left\b|inner\b|order\b|using\b|cross\b)"?(\w+)"?)?/gi

type Read = { table: string; alias: string }

/** The tables that a statement on one line reads, in the order in which they stand there. */
export const readsOf = (sql: string): Read[] =>
  [...sql.matchAll(SOURCES)].map(([, table = '', alias]) => ({ table, alias: alias ?? table }))

export const writesTo = (sql: string): { table: string; isNew: boolean } | null => {
  const [, verb = '', table] =
    /^(insert into|update|delete from) (?:only )?(?:\w+\.)?"?(\w+)"?/i.exec(sql) ?? []
  return table === undefined ? null : { table, isNew: /^insert/i.test(verb) }
}

/**
 * What ends a read so that it locks the rows of a table; null where it cannot. Rows that are asked for by a list are
 * locked in one order everywhere, so that two requests never wait for each other.
 */
export const lockClause = (sql: string, table: string): string | null => {
  const reads = readsOf(sql)
  const read = reads.find((one) => one.table === table)
  if (read === undefined || NOT_ROWS.test(sql) || !/^select\b/i.test(sql)) return null
  if (/\(\s*select\b/i.test(sql)) return null
  if (new RegExp(`\\b(?:left|right|full)(?: outer)? join (?:\\w+\\.)?"?${table}\\b`, 'i').test(sql))
    return null
  const [, listed] = /((?:\w+\.)?\w+) ?= ?any ?\(/i.exec(sql) ?? []
  const isOrdered = listed === undefined || /\b(?:order by|limit)\b/i.test(sql)
  const order = isOrdered ? '' : ` ORDER BY ${listed}`
  return `${order} FOR UPDATE${reads.length > 1 ? ` OF ${read.alias}` : ''}`
}

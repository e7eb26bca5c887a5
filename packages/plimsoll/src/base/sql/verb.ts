const WRITES = new Set(['insert', 'update', 'delete', 'merge', 'truncate', 'copy'])
const LEADING = /^(?:[\s(]+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/

/** First keyword of a statement, lower case, comments and parentheses skipped; for a CTE the first writing verb in it, else `select`. */
export const verbOf = (sql: string): string => {
  const text = sql.replace(LEADING, '').toLowerCase()
  const first = /^[a-z]+/.exec(text)?.[0] ?? ''
  if (first !== 'with') return first
  return (
    /\b(insert\s+into|update\s+\S+\s+set|delete\s+from|merge\s+into)\b/.exec(text)?.[0].split(/\s/)[0] ??
    'select'
  )
}

export const isWrite = (sql: string): boolean => WRITES.has(verbOf(sql))

/** Reads or writes data, as against BEGIN, SET, SHOW and the like. */
export const touchesData = (sql: string): boolean => isWrite(sql) || verbOf(sql) === 'select'

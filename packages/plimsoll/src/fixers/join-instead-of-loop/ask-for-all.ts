const NOT_ONE_GROUP =
  /\b(?:or|union|intersect|except|distinct|group by|having|over ?\(|limit|offset|for update|for share)\b|\( ?select\b/i
const SHAPE = /^select (.+?) from (.+) where (.*?\b)?((?:\w+\.)?(\w+)) = \$(\d+)(?!\d|::)(.*)$/i
const AGGREGATE = /^(count|sum|max|min|avg) ?\([^()]*\)(::(?:int|integer|bigint))? as (\w+)$/i
const CALL = /\b(?:count|sum|max|min|avg|array_agg|json_agg|jsonb_agg|string_agg|bool_or|bool_and) ?\(/i

/** How a statement for one key becomes a statement for all of them. */
export type ForAll = {
  /** what the rows call the key */
  key: string
  /** whether the rows have it only because of the change */
  isAdded: boolean
  /** what a key has that no row was found for, as code; null where it has none */
  empty: string | null
  /** the text, written as it was */
  write(raw: string): string
}

/** `{ lines: 0, cents: null }`; null where a column is something else */
const emptyRow = (columns: readonly string[]): string | null => {
  const values: string[] = []
  for (const column of columns) {
    const [, what = '', cast = '', name] = AGGREGATE.exec(column) ?? []
    if (name === undefined) return null
    const none = /^count$/i.test(what) ? (/int/i.test(cast) && !/big/i.test(cast) ? '0' : "'0'") : 'null'
    values.push(`${name}: ${none}`)
  }
  return `{ ${values.join(', ')} }`
}

/** The property by which a column is known in a row. */
const propertyOf = (column: string) => /(\w+)$/.exec(column)?.[1] ?? ''

/** The condition on the key, with what stands before it; null where there is not one in the right shape. */
const keyIn = (sql: string, nth: number) => {
  // The first condition that is met need not be the one on the key.
  const others = sql.replace(new RegExp(`\\$(?!${nth}(?!\\d))(\\d+)`, 'g'), '?$1')
  const [, list = '', , before = '', column = '', key = '', , rest = ''] = SHAPE.exec(others) ?? []
  const uses = sql.match(new RegExp(`\\$${nth}(?!\\d)`, 'g'))?.length
  const isWhole = list.split('(').length === list.split(')').length
  return key === '' || uses !== 1 || !isWhole || /\bnot\s*$/i.test(before)
    ? null
    : { list, column, key, rest }
}

/**
 * @param nth the parameter that is the key of a row; the others are the same for all
 * @returns null where the rows of several keys cannot be told apart, or are not what each would get alone
 */
export const askForAll = (sql: string, nth: number): ForAll | null => {
  const found = keyIn(sql, nth)
  if (found === null || NOT_ONE_GROUP.test(sql)) return null
  const { list, column, key, rest } = found
  const columns = list.split(/,(?![^(]*\))/).map((one) => one.trim())
  const isAggregate = CALL.test(list)
  const empty = isAggregate ? emptyRow(columns) : null
  if (isAggregate && (empty === null || /\border by\b/i.test(rest))) return null
  const isThere = columns.some((one) => one === '*' || one === column)
  if (!isThere && columns.some((one) => propertyOf(one) === key)) return null
  const asks = new RegExp(`((?:\\w+\\.)?\\w+\\s*=\\s*)\\$${nth}(?!\\d)`)
  return {
    ...{ key, isAdded: !isThere, empty },
    write: (raw) => {
      const asked = raw.replace(asks, (_, before: string) => `${before}ANY($${nth})`)
      const grouped = isAggregate ? asked.replace(/(\s*)(['"`])$/, ` GROUP BY ${column}$2`) : asked
      return isThere ? grouped : grouped.replace(/(\s+from\s)/i, `, ${column}$1`)
    },
  }
}

const NOT_ONE_GROUP =
  /\b(?:or|union|intersect|except|distinct|group by|having|over ?\(|limit|offset|for update|for share)\b|\( ?select\b/i
const SHAPE = /^select (.+?) from (.+) where (.*?\b)?((?:\w+\.)?(\w+)) = \$1\b(.*)$/i
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

const ASKS = /((?:\w+\.)?\w+\s*=\s*)\$1\b/

/** null where the rows of several keys cannot be told apart, or are not what each would get alone. */
export const askForAll = (sql: string): ForAll | null => {
  const [, list = '', , , column = '', key = '', rest = ''] = SHAPE.exec(sql) ?? []
  if (key === '' || NOT_ONE_GROUP.test(sql) || sql.match(/\$\d/g)?.length !== 1) return null
  const columns = list.split(/,(?![^(]*\))/).map((one) => one.trim())
  const isAggregate = CALL.test(list)
  const empty = isAggregate ? emptyRow(columns) : null
  if (isAggregate && (empty === null || /\border by\b/i.test(rest))) return null
  const isThere = columns.some((one) => one === '*' || one === column)
  if (!isThere && columns.some((one) => propertyOf(one) === key)) return null
  return {
    ...{ key, isAdded: !isThere, empty },
    write: (raw) => {
      const asked = raw.replace(ASKS, (_, before: string) => `${before}ANY($1)`)
      const grouped = isAggregate ? asked.replace(/(\s*)(['"`])$/, ` GROUP BY ${column}$2`) : asked
      return isThere ? grouped : grouped.replace(/(\s+from\s)/i, `, ${column}$1`)
    },
  }
}

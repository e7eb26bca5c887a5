import type pg from 'pg'
import { quote } from '../connect.ts'
import type { Column, Table } from './table.ts'

/** Fewer names may differ by chance. */
const LEAST = 10
const LONGEST = 100
/** An e-mail address, a token, a hash: two rows never share one. */
const IDENTIFIER = "'^([^@[:space:]]+@[^@[:space:]]+|[[:alnum:]_$./+=:-]{20,})$'"
const MOMENT = "'^[0-9]{4}-[0-9]{2}-[0-9]{2}'"

/** What begins with a letter is a name or a code; a number, a date or JSON would no longer be one with more behind it. */
const test = ({ name, kind }: Column): string => {
  const column = quote(name)
  const differ = `count(${column}) > 0 AND count(DISTINCT ${column}) = count(${column})`
  if (kind === 'uuid') return differ
  const text = `(${column})::text`
  return `${differ} AND (
    bool_and(${text} ~ ${IDENTIFIER} AND ${text} !~ ${MOMENT})
    OR count(${column}) >= ${LEAST} AND bool_and(${text} ~ '^[[:alpha:]]' AND length(${text}) <= ${LONGEST}))`
}

/**
 * Columns of names and identifiers that are no keys, but differ in every row: copied as they are, a search for one would
 * find more the more rows there are.
 */
export const findDistinct = async (client: pg.Client, table: Table, source: string): Promise<string[]> => {
  const columns = table.columns.filter(
    ({ kind, checked, made }) => (kind === 'uuid' || kind === 'text') && !checked && !made,
  )
  if (columns.length === 0) return []
  const { rows } = await client.query<{ distinct: (boolean | null)[] }>(
    `SELECT ARRAY[${columns.map((column) => `(${test(column)})`).join(', ')}] AS "distinct" FROM ${source}`,
  )
  return columns.filter((_, index) => rows[0]?.distinct[index] === true).map(({ name }) => name)
}

import { quote } from '../connect.ts'
import type { Table } from './layout.ts'

/** Where the rows are kept: one line of text for each, in a table of our own session. */
export const SAVED = 'pg_temp.plimsoll_saved'

/**
 * The rows as they are now. Equal rows are told apart by counting them (`nth`). Rows are compared as text, since some
 * types have no equality; the alias is one that no column has, or it would mean the column.
 */
export const rowsNow = ({ sql, keyed }: Table): string => {
  const line = 'plimsoll_row::text COLLATE "C"'
  const nth = keyed ? '1::bigint' : `row_number() OVER (PARTITION BY ${line})`
  return `(SELECT ctid AS place, plimsoll_row AS r, ${line} AS line, ${nth} AS nth FROM ONLY ${sql} plimsoll_row)`
}

const matches = 's.line = n.line AND s.nth = n.nth'

/** Rows that are there now and were not. */
export const extraRows = (table: Table, index: number): string =>
  `${rowsNow(table)} n WHERE NOT EXISTS (SELECT FROM ${SAVED} s WHERE s.tab = ${index} AND ${matches})`

/** Rows that were there and are not now, as values `r` of the table's row type, which the 0 keeps being read once. */
export const missingRows = (table: Table, index: number): string =>
  `(SELECT s.line, s.line::${table.sql} AS r FROM ${SAVED} s WHERE s.tab = ${index}
    AND NOT EXISTS (SELECT FROM ${rowsNow(table)} n WHERE ${matches}) OFFSET 0) n`

export const saveRows = (table: Table, index: number): string =>
  `INSERT INTO ${SAVED} SELECT ${index}, n.line, n.nth FROM ${rowsNow(table)} n`

export const deleteExtra = (table: Table, index: number): string =>
  `DELETE FROM ONLY ${table.sql} WHERE ctid IN (SELECT n.place FROM ${extraRows(table, index)})`

/** One statement, so that a key that goes and comes back was never away for those who refer to it. */
export const swapRows = (table: Table, index: number): string => {
  const columns = table.writable.map(quote)
  return `WITH gone AS (${deleteExtra(table, index)} RETURNING 1), counted AS (SELECT count(*) FROM gone)
    INSERT INTO ${table.sql} (${columns.join()}) OVERRIDING SYSTEM VALUE
    SELECT ${columns.map((column) => `(n.r).${column}`).join()} FROM counted, ${missingRows(table, index)}`
}

/** Each column as text, in its order, as one JSON object. */
export const asText = ({ columns }: Table): string => {
  const names = columns.map((name) => `'${name.replaceAll("'", "''")}'`)
  const values = columns.map((name) => `(n.r).${quote(name)}::text`)
  return `json_object(ARRAY[${names.join()}], ARRAY[${values.join()}])`
}

import type pg from 'pg'
import { quote } from '../connect.ts'
import type { Reference, Table } from './table.ts'

/**
 * The keys of one table, numbered in `plimsoll_k`: those that were there from -1 downwards, new ones from 0 upwards.
 * It lives and dies with our session.
 */
export type Pool = { sql: string; columns: string[]; old: number; fresh: number }

/** More parents than this are sampled. */
const MOST = 200_000

/** The columns that others refer to, and the primary key where rows are looked up again. */
const keyColumns = (table: Table, all: readonly Table[], isLate: boolean): string[] => {
  const columns = new Set<string>()
  for (const { references } of all) {
    for (const { parent, parentColumns } of references) {
      if (parent === table.oid) for (const name of parentColumns) columns.add(name)
    }
  }
  if (isLate) for (const name of table.keys.find(({ primary }) => primary)?.columns ?? []) columns.add(name)
  return [...columns]
}

export const notNull = (columns: readonly string[], alias = ''): string =>
  columns.map((name) => `${alias}${quote(name)} IS NOT NULL`).join(' AND ') || 'true'

/** Null for a table that nothing refers to. */
export const openPool = async (
  client: pg.Client,
  table: Table,
  all: readonly Table[],
  isLate: boolean,
): Promise<Pool | null> => {
  const columns = keyColumns(table, all, isLate)
  if (columns.length === 0) return null
  const sql = `pg_temp.plimsoll_keys_${table.oid}`
  const names = columns.map(quote).join(', ')
  const { rowCount } = await client.query(
    `CREATE TEMP TABLE plimsoll_keys_${table.oid} AS
     SELECT -row_number() OVER () AS plimsoll_k, ${names}
     FROM (SELECT ${names} FROM ${table.sql} WHERE ${notNull(columns)} LIMIT ${MOST}) k`,
  )
  await client.query(`ANALYZE ${sql}`)
  return { sql, columns, old: rowCount ?? 0, fresh: 0 }
}

/** Those that no row refers to yet, numbered from 0, new ones first. */
export const openUnused = async (
  client: pg.Client,
  table: Table,
  reference: Reference,
  pool: Pool,
): Promise<{ sql: string; count: number }> => {
  const name = `plimsoll_free_${table.oid}_${table.references.indexOf(reference)}`
  const pairs = reference.columns.map(
    (column, index) => `c.${quote(column)} = k.${quote(reference.parentColumns[index] ?? '')}`,
  )
  const { rowCount } = await client.query(
    `CREATE TEMP TABLE ${name} AS
     SELECT row_number() OVER (ORDER BY k.plimsoll_k < 0, k.plimsoll_k) - 1 AS plimsoll_k,
       ${reference.parentColumns.map((column) => `k.${quote(column)}`).join(', ')}
     FROM ${pool.sql} k WHERE NOT EXISTS (SELECT FROM ${table.sql} c WHERE ${pairs.join(' AND ')})`,
  )
  await client.query(`ANALYZE pg_temp.${name}`)
  return { sql: `pg_temp.${name}`, count: rowCount ?? 0 }
}

import type pg from 'pg'

/** A table that holds rows itself, partitions included. */
export type Table = {
  oid: string
  /** as reports call it: a partition goes by the name of the whole, schema `public` is left out */
  name: string
  /** quoted, with its schema */
  sql: string
  /** every column, in the order of the table's row type */
  columns: string[]
  /** those that take a value: not the generated ones */
  writable: string[]
  /** types of the columns: a table with others than before is another table */
  types: string
  /** has a primary key, so that no two rows are equal */
  keyed: boolean
}

export type Sequence = { sql: string; increment: string; least: string; greatest: string }

/** The tables and sequences that are the app's: none of the system, of an extension, or of a session. */
export type Layout = { tables: Table[]; sequences: Sequence[]; bytes: number }

const OURS = `n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`

const TABLES = `
SELECT c.oid::text, format('%I.%I', n.nspname, c.relname) AS sql,
  (SELECT CASE s.nspname WHEN 'public' THEN '' ELSE s.nspname || '.' END || w.relname
   FROM pg_class w JOIN pg_namespace s ON s.oid = w.relnamespace
   WHERE w.oid = CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid ELSE c.oid END) AS name,
  a.columns, a.writable, a.types,
  EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) AS keyed
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
  SELECT array_agg(attname::text ORDER BY attnum) AS columns,
    coalesce(array_agg(attname::text ORDER BY attnum) FILTER (WHERE attgenerated = ''), '{}') AS writable,
    string_agg(atttypid::text || ' ' || atttypmod, ',' ORDER BY attnum) AS types
  FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
) a
WHERE c.relkind = 'r' AND a.columns IS NOT NULL AND ${OURS}
ORDER BY c.oid`

const SEQUENCES = `
SELECT format('%I.%I', n.nspname, c.relname) AS sql, s.seqincrement::text AS increment, s.seqmin::text AS least,
  s.seqmax::text AS greatest
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
WHERE ${OURS}
ORDER BY c.oid`

export const readTables = async (client: pg.Client): Promise<Table[]> => {
  const { rows } = await client.query<Table>({ name: 'tables', text: TABLES })
  return rows
}

const BYTES = 'SELECT coalesce(sum(pg_table_size(oid)), 0)::text AS bytes FROM unnest($1::oid[]) oid'

export const readLayout = async (client: pg.Client): Promise<Layout> => {
  const tables = await readTables(client)
  const { rows: sequences } = await client.query<Sequence>(SEQUENCES)
  const { rows: sizes } = await client.query<{ bytes: string }>(BYTES, [tables.map(({ oid }) => oid)])
  return { tables, sequences, bytes: Number(sizes[0]?.bytes ?? 0) }
}

const isSame = (one: Table, other: Table): boolean =>
  one.oid === other.oid &&
  one.sql === other.sql &&
  one.types === other.types &&
  one.columns.join() === other.columns.join()

/** What has become of the tables: each by its index before, new ones after those. */
export type Since = { tables: ReadonlyMap<number, Table>; gone: Table[] }

/** A table that has other columns now, or another name, is gone. */
export const matchTables = (before: readonly Table[], now: readonly Table[]): Since => {
  const tables = new Map<number, Table>()
  const gone: Table[] = []
  before.forEach((table, index) => {
    if (now.some((current) => isSame(table, current))) tables.set(index, table)
    else gone.push(table)
  })
  const fresh = now.filter((table) => !before.some(({ oid }) => oid === table.oid))
  fresh.forEach((table, index) => {
    tables.set(before.length + index, table)
  })
  return { tables, gone }
}

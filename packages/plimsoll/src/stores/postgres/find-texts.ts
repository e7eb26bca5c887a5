import type pg from 'pg'

const TABLES = `SELECT format('%I.%I', n.nspname, c.relname) AS table,
    CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS name
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND c.relpages <= 20000
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY 2`

/**
 * Looks for texts anywhere in any row: text -> table -> rows that hold it. Tables over 160 MB are left out.
 * @param only names of tables to look in; all of them by default
 * @throws what the server says, when a table stays locked for 2 s or it takes more than 20 s
 */
export const findTexts = async (
  pool: pg.Pool,
  texts: readonly string[],
  only?: readonly string[],
): Promise<Record<string, Record<string, number>>> => {
  const found: Record<string, Record<string, number>> = Object.fromEntries(texts.map((text) => [text, {}]))
  if (texts.length === 0) return found
  const client = await pool.connect()
  try {
    await client.query("BEGIN READ ONLY; SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '20s'")
    const tables = await client.query<{ table: string; name: string }>(TABLES)
    for (const { table, name } of tables.rows) {
      if (only?.includes(name) === false) continue
      const { rows } = await client.query<{ text: string; n: number }>(
        `SELECT w.text, count(*)::int AS n FROM ONLY ${table} plimsoll_row
         JOIN unnest($1::text[]) AS w(text) ON strpos(plimsoll_row::text, w.text) > 0 GROUP BY 1`,
        [texts],
      )
      for (const { text, n } of rows) {
        const places = found[text]
        if (places !== undefined) places[name] = n
      }
    }
    await client.query('COMMIT')
    client.release()
    return found
  } catch (error) {
    client.release(true)
    throw error
  }
}

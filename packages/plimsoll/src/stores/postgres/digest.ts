import type pg from 'pg'
import type { Digest } from '../define.ts'
import { codeOf } from './connect.ts'

/** Rows of a table over this size are counted, not hashed. */
const HASHED_UP_TO_BYTES = 64 * 1024 * 1024

/** The server gave up waiting: a table is locked, or the whole took too long. */
const GAVE_UP = new Set(['55P03', '57014'])

/**
 * One round trip and one snapshot; the rollback leaves no trace. A row's hash is of its text, and a table's is the sum
 * of them, so that neither the order of rows nor where they lie matters.
 */
const DIGEST = `
BEGIN ISOLATION LEVEL REPEATABLE READ;
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '30s';
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO, MDY';
SET LOCAL intervalstyle = 'postgres';
SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex';
SET LOCAL search_path = pg_catalog;
CREATE FUNCTION pg_temp.plimsoll_digest() RETURNS TABLE (name text, count text, hash text) LANGUAGE plpgsql AS $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT c.oid, n.nspname, c.relname, pg_table_size(c.oid) AS size
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
      AND NOT EXISTS (SELECT FROM pg_depend d
                      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY n.nspname, c.relname
  LOOP
    name := CASE found.nspname WHEN 'public' THEN '' ELSE found.nspname || '.' END || found.relname;
    IF found.size <= ${HASHED_UP_TO_BYTES} THEN
      EXECUTE format('SELECT count(*), coalesce(sum(hashtextextended(plimsoll_row::text, 0)), 0) FROM ONLY %I.%I plimsoll_row',
                     found.nspname, found.relname) INTO count, hash;
    ELSE
      EXECUTE format('SELECT count(*) FROM ONLY %I.%I', found.nspname, found.relname) INTO count;
      hash := 'rows:' || count;
    END IF;
    RETURN NEXT;
  END LOOP;
END $$;
SELECT * FROM pg_temp.plimsoll_digest();
ROLLBACK`

type Row = { name: string; count: string; hash: string }

const isDigestRow = (row: Record<string, unknown>): row is Row =>
  typeof row.name === 'string' && typeof row.count === 'string' && typeof row.hash === 'string'

/** Null when the server gave up, because a table stayed locked or it took more than 30 s. */
export const readDigest = async (pool: pg.Pool): Promise<Digest | null> => {
  const client = await pool.connect()
  try {
    // A text of several statements answers with one result for each, which the types do not say.
    const results: unknown = await client.query(DIGEST)
    const digest: Digest = { counts: {}, hashes: {} }
    for (const result of Array.isArray(results) ? results : []) {
      for (const row of result.rows) {
        if (!isDigestRow(row)) continue
        digest.counts[row.name] = Number(row.count)
        digest.hashes[row.name] = row.hash
      }
    }
    client.release()
    return digest
  } catch (error) {
    client.release(true)
    if (GAVE_UP.has(codeOf(error) ?? '')) return null
    throw error
  }
}

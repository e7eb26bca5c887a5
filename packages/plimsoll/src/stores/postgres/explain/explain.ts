import type pg from 'pg'
import { z } from 'zod'
import type { Explained } from '../../define.ts'
import { Node, wholeReads } from './whole-reads.ts'

const PlanRow = z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: Node })]) })

const SIZES = `SELECT n.nspname AS schema, c.relname AS name, c.reltuples::float8 AS rows
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm')`

type SizeRow = { schema: string; name: string; rows: number }

/** `EXPLAIN` of one statement with its values; the extended protocol takes no second one behind it. */
const ask = async (client: pg.PoolClient, how: string, sql: string, values: (string | null)[]) => {
  const config = { text: `EXPLAIN (${how}) ${sql}`, values, queryMode: 'extended' }
  const { rows } = await client.query<Record<string, unknown>>(config)
  return rows
}

/** Null when the server will not explain it, whatever the reason. Nothing is run: the transaction may only read. */
export const explain = async (
  pool: pg.Pool,
  sql: string,
  parameters: readonly (string | null)[],
): Promise<Explained | null> => {
  const client = await pool.connect()
  try {
    await client.query("BEGIN READ ONLY; SET LOCAL statement_timeout = '5s'")
    const [row] = await ask(client, 'VERBOSE, FORMAT JSON', sql, [...parameters])
    const lines = await ask(client, 'COSTS', sql, [...parameters])
    const { rows: sizes } = await client.query<SizeRow>(SIZES)
    const parsed = PlanRow.safeParse(row)
    if (!parsed.success) return null
    const sizeOf = (schema: string, name: string) =>
      sizes.find((size) => size.schema === schema && size.name === name)?.rows ?? 0
    return {
      plan: lines.map((line) => String(line['QUERY PLAN'])).join('\n'),
      whole: wholeReads(parsed.data['QUERY PLAN'][0].Plan, sizeOf),
    }
  } catch {
    return null
  } finally {
    await client.query('ROLLBACK').catch(() => {})
    client.release()
  }
}

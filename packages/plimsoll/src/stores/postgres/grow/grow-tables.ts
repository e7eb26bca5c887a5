import type pg from 'pg'
import type { Endpoint, Grown } from '../../define.ts'
import { connect } from '../connect.ts'
import { isBookkeeping } from './bookkeeping.ts'
import { fill } from './fill.ts'
import { fillLate } from './fill-late.ts'
import { fillUnchecked, mayLeaveChecks } from './fill-unchecked.ts'
import { implyReferences } from './imply-references.ts'
import { type Ordered, orderTables } from './order.ts'
import { type Plan, planTable } from './plan.ts'
import { openPool, type Pool } from './pool.ts'
import { readTables } from './read-tables.ts'
import type { Table } from './table.ts'

/** Rows that new ones are copied from. */
const SOURCES = 1_000
const MOST_BYTES = 1024 * 1024 * 1024

const SESSION = `SET synchronous_commit = off; SET lock_timeout = '5s'; SET statement_timeout = 0;
  SET default_transaction_read_only = off; SET default_transaction_isolation = 'read committed';
  SET work_mem = '64MB'; SET temp_buffers = '64MB'; SET jit = off`

type Source = { sql: string; rows: number; bytesPerRow: number }

/** The rows that lie first in the table, which are those of the seed. */
const openSource = async (client: pg.Client, table: Table): Promise<Source> => {
  const sql = `pg_temp.plimsoll_source_${table.oid}`
  const { rowCount } = await client.query(
    `CREATE TEMP TABLE plimsoll_source_${table.oid} AS
     SELECT row_number() OVER () - 1 AS plimsoll_k, t.* FROM (SELECT * FROM ${table.sql} LIMIT ${SOURCES}) t`,
  )
  await client.query(`ANALYZE ${sql}`)
  const { rows } = await client.query<{ bytes: number | null }>(
    `SELECT avg(pg_column_size(s.*))::float8 AS bytes FROM ${sql} s`,
  )
  return { sql, rows: rowCount ?? 0, bytesPerRow: rows[0]?.bytes ?? 1 }
}

const countRows = async (client: pg.Client, table: Table): Promise<number> => {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table.sql}`)
  return Number(rows[0]?.count ?? 0)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

type Growing = { table: Table; source: Source; plan: Plan; grown: Grown }

type Options = { rows: number; tables?: readonly string[]; signal: AbortSignal }

const fillOne = async (
  client: pg.Client,
  { table, late }: Ordered,
  grown: Grown,
  pools: ReadonlyMap<string, Pool>,
  { rows, signal, isQuick }: Options & { isQuick: boolean },
): Promise<Growing> => {
  const { before } = grown
  const source = await openSource(client, table)
  const fits = before + Math.floor(MOST_BYTES / source.bytesPerRow)
  const wanted = Math.min(rows, fits) - before
  const first = before + 1
  const question = { table, late, pools, before, wanted, first, sources: source.rows, source: source.sql }
  const plan = await planTable(client, question)
  const filled = await (isQuick ? fillUnchecked : fill)(client, {
    table,
    insert: plan.insert,
    first,
    wanted,
    signal,
  })
  grown.after = before + filled.made
  const pool = pools.get(table.oid)
  if (pool !== undefined) {
    pool.fresh = filled.kept
    await client.query(`ANALYZE ${pool.sql}`)
  }
  if (grown.after < rows && !signal.aborted) {
    const alike = fits < rows ? 'more would take over 1 GB' : 'further rows were like those that are there'
    grown.short = filled.refused ?? plan.limits ?? alike
  }
  return { table, source, plan, grown }
}

const link = async (
  client: pg.Client,
  growing: Growing,
  pools: ReadonlyMap<string, Pool>,
  signal: AbortSignal,
) => {
  const { table, plan, source, grown } = growing
  const own = pools.get(table.oid)
  for (const reference of plan.late) {
    const parents = pools.get(reference.parent)
    if (own === undefined || parents === undefined || grown.after === grown.before) continue
    try {
      await fillLate(client, { table, reference, own, parents, source: source.sql, signal })
    } catch (error) {
      grown.short ??= `${reference.columns.join(', ')} stays empty: ${messageOf(error)}`
    }
  }
}

/** Aborting cancels the statement that runs, from a session of its own. */
const cancelOnAbort = (endpoint: Endpoint, signal: AbortSignal, pid: number) => {
  const cancel = async () => {
    const other = await connect(endpoint).catch(() => null)
    await other?.query('SELECT pg_cancel_backend($1)', [pid]).catch(() => {})
    await other?.end().catch(() => {})
  }
  const listener = () => void cancel()
  signal.addEventListener('abort', listener, { once: true })
  return () => signal.removeEventListener('abort', listener)
}

/** Plans are made from statistics: without new ones they would be those of a small table. */
const settle = async (client: pg.Client, tables: readonly Table[], signal: AbortSignal): Promise<void> => {
  if (tables.length === 0) return
  const how = signal.aborted ? 'ANALYZE' : 'VACUUM (ANALYZE)'
  await client.query(`${how} ${tables.map(({ sql }) => sql).join(', ')}`)
}

/** The tables that were named, with all they refer to. */
const withParents = (all: readonly Table[], names: readonly string[]): Table[] => {
  const chosen = new Set<Table>()
  const add = (table: Table | undefined) => {
    if (table === undefined || chosen.has(table)) return
    chosen.add(table)
    for (const { parent } of table.references) add(all.find(({ oid }) => oid === parent))
  }
  for (const table of all) if (names.includes(table.name)) add(table)
  return [...chosen]
}

/** Adds to `done` as it goes, so that what is there is known when it is cut short. */
const growAll = async (client: pg.Client, options: Options, done: Grown[]): Promise<void> => {
  const { rows, signal } = options
  const all = await readTables(client)
  await implyReferences(client, all)
  const chosen = options.tables === undefined ? all : withParents(all, options.tables)
  const ordered = orderTables(chosen.filter((table) => !isBookkeeping(table, all)))
  const pools = new Map<string, Pool>()
  for (const { table, late } of ordered) {
    const before = await countRows(client, table)
    if (before > 0) done.push({ table: table.name, before, after: before, short: null })
    const pool = await openPool(client, table, all, late.length > 0)
    if (pool !== null) pools.set(table.oid, pool)
  }
  const isQuick = await mayLeaveChecks(client)
  const growing: Growing[] = []
  for (const one of ordered) {
    const grown = done.find(({ table }) => table === one.table.name)
    if (grown === undefined || grown.before >= rows || signal.aborted) continue
    try {
      growing.push(await fillOne(client, one, grown, pools, { ...options, isQuick }))
    } catch (error) {
      grown.short = messageOf(error)
    }
  }
  for (const one of growing) if (!signal.aborted) await link(client, one, pools, signal)
  const changed = growing.filter(({ grown }) => grown.after > grown.before)
  const tables = changed.map(({ table }) => table)
  await settle(client, tables, signal)
}

/**
 * **Contract:** never throws for a table that cannot be filled: `short` says why. Throws when the server cannot be
 * reached. Ends soon after `signal` aborts, with what is there by then.
 */
export const growTables = async (endpoint: Endpoint, options: Options): Promise<Grown[]> => {
  const client = await connect(endpoint)
  const done: Grown[] = []
  let leave = () => {}
  try {
    await client.query(SESSION)
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    leave = cancelOnAbort(endpoint, options.signal, rows[0]?.pid ?? 0)
    await growAll(client, options, done)
  } catch (error) {
    if (!options.signal.aborted) throw error
  } finally {
    leave()
    await client.end().catch(() => {})
  }
  const { aborted } = options.signal
  return done.map((grown) =>
    aborted && grown.after < options.rows ? { ...grown, short: 'there was no more time' } : grown,
  )
}

import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { fault } from '../../base/errors/fault.ts'
import type { Endpoint, Login, StoreDatabase } from '../define.ts'
import { listActivity } from './activity.ts'
import { openCheckpoint } from './checkpoint/open-checkpoint.ts'
import { readWaiting } from './checkpoint/waiting.ts'
import { openPool, quote } from './connect.ts'
import { copySettings } from './database-settings.ts'
import { readDigest } from './digest.ts'
import { explain } from './explain/explain.ts'
import { findTexts } from './find-texts.ts'
import { growTables } from './grow/grow-tables.ts'
import { read } from './read/read.ts'
import { stall } from './stall.ts'

/** The lab's own databases in one server. */
export type Databases = {
  template(): Promise<StoreDatabase>
  seal(): Promise<void>
  copy(): Promise<StoreDatabase>
  /** a copy for programs that nobody has read: its login owns the database, and cannot reach past it */
  lend(login: Login): Promise<StoreDatabase>
  /** drops every one that was made here, and no other, and closes what is open */
  dropAll(): Promise<void>
  /** closes what is open, for a server that ends as a whole */
  close(): Promise<void>
}

const openDatabase = (endpoint: Endpoint, drop: (name: string) => Promise<void>) => {
  const pool = openPool(endpoint, 2)
  let closed: Promise<void> | null = null
  const close = () => {
    closed ??= pool.end()
    return closed
  }
  const database: StoreDatabase = {
    endpoint,
    files: [],
    query: async (sql, parameters) => {
      const { rows } = await pool.query<Record<string, unknown>>(
        sql,
        parameters ? [...parameters] : undefined,
      )
      return { rows }
    },
    digest: () => readDigest(pool),
    find: (texts, tables) => findTexts(pool, texts, tables),
    stall: () => stall(endpoint),
    checkpoint: () => openCheckpoint(endpoint),
    waiting: () => readWaiting(pool),
    activity: () => listActivity(pool),
    grow: (options) => growTables(endpoint, options),
    explain: (sql, parameters) => explain(pool, sql, parameters),
    read: (sql, options) => read(endpoint, sql, options),
    drop: async () => {
      await close()
      await drop(endpoint.database)
    },
  }
  return { database, close }
}

/** Rows that are visible to all, and statistics, so that a copy plans its queries as a settled server would. */
const settle = async (endpoint: Endpoint): Promise<void> => {
  const pool = openPool({ ...endpoint }, 1)
  try {
    await pool.query('VACUUM (ANALYZE)')
  } finally {
    await pool.end()
  }
}

/** Nobody may enter the template any more, and who is inside must leave: a database in use cannot be copied. */
const freeze = async (admin: pg.Pool, name: string): Promise<void> => {
  await admin.query(`ALTER DATABASE ${quote(name)} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`)
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
}

const dropDatabase = async (admin: pg.Pool, name: string): Promise<void> => {
  const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [
    name,
  ])
  if (rowCount) await admin.query(`ALTER DATABASE ${quote(name)} WITH IS_TEMPLATE false`)
  await admin.query(`DROP DATABASE IF EXISTS ${quote(name)} WITH (FORCE)`)
}

/** All that migrations and seed made belongs to the new owner, as if that login had made it. */
const giveAway = async ({ query }: StoreDatabase, user: string): Promise<void> => {
  await query(`ALTER SCHEMA public OWNER TO ${quote(user)}`).catch(() => undefined)
  const { rows } = await query(`
    SELECT format('ALTER %s %s OWNER TO ${quote(user).replaceAll("'", "''")}', kind, name) AS statement FROM (
      SELECT 'SCHEMA' AS kind, quote_ident(nspname) AS name FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
      UNION ALL SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
          WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, c.oid::regclass::text
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i', 'e'))
      UNION ALL SELECT CASE prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END, p.oid::regprocedure::text
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
      UNION ALL SELECT 'TYPE', t.oid::regtype::text FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE typtype IN ('e', 'd') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
    ) AS owned`)
  for (const { statement } of rows) if (typeof statement === 'string') await query(statement)
}

/** Files are copied as they are: as fast as the write-ahead log for an empty template, twice as fast for 100 MB. */
const chooseStrategy = async (admin: pg.Pool): Promise<string> => {
  const { rows } = await admin.query<{ can: boolean }>(
    "SELECT current_setting('server_version_num')::int >= 150000 AS can",
  )
  return rows[0]?.can ? 'STRATEGY file_copy' : ''
}

/** The database that migrations and seed run against, and copies start from. */
export const templateOf = (prefix: string): string => `${prefix}_template`

/**
 * `prefix` makes the names ours alone. One connection gives the orders, which puts concurrent ones in a row.
 * @param sealedTemplate name of a template that is there and sealed already
 */
export const openDatabases = (endpoint: Endpoint, prefix: string, sealedTemplate?: string): Databases => {
  const admin = openPool(endpoint, 1)
  const made = new Set<string>()
  const closes: (() => Promise<void>)[] = [() => admin.end()]
  const templateName = sealedTemplate ?? templateOf(prefix)
  let template: Promise<ReturnType<typeof openDatabase>> | null = null
  let sealed: Promise<void> | null = sealedTemplate === undefined ? null : Promise.resolve()
  let strategy: Promise<string> | null = null
  let copies = 0

  const drop = async (name: string) => {
    if (!made.has(name)) return
    await dropDatabase(admin, name)
    made.delete(name)
  }
  const create = async (name: string, source: string) => {
    made.add(name)
    strategy ??= chooseStrategy(admin)
    await admin.query(`CREATE DATABASE ${quote(name)} TEMPLATE ${source} ${await strategy}`)
    const opened = openDatabase({ ...endpoint, database: name }, drop)
    closes.unshift(opened.close)
    return opened
  }
  const open = () => {
    template ??= create(templateName, 'template0')
    return template
  }
  const seal = async () => {
    const { close } = await open()
    await close()
    await settle({ ...endpoint, database: templateName })
    await freeze(admin, templateName)
  }
  const close = async () => {
    for (const end of closes) await end()
  }
  return {
    template: async () => (await open()).database,
    seal: () => {
      sealed ??= seal()
      return sealed
    },
    copy: async () => {
      if (!sealed) throw fault('E_BUG', { message: 'a database was copied before its template was sealed' })
      await sealed
      copies += 1
      const name = `${prefix}_${copies}`
      const { database } = await create(name, quote(templateName))
      await copySettings(admin, templateName, name)
      return database
    },
    lend: async ({ user, password, database: name }) => {
      if (!sealed) throw fault('E_BUG', { message: 'a database was lent before its template was sealed' })
      await sealed
      // A superuser runs programs of the machine by COPY … TO PROGRAM; this one may only make databases.
      await admin.query(
        `CREATE ROLE ${quote(user)} CREATEDB LOGIN PASSWORD '${password.replaceAll("'", "''")}'`,
      )
      const { database } = await create(name, quote(templateName))
      await copySettings(admin, templateName, name)
      await admin.query(`ALTER DATABASE ${quote(name)} OWNER TO ${quote(user)}`)
      await giveAway(database, user)
      return { ...database, endpoint: { ...endpoint, user, password, database: name } }
    },
    dropAll: async () => {
      for (const name of [...made]) await drop(name)
      await close()
    },
    close,
  }
}

/** Eight hexadecimal digits: part of each database name, and the key of the lock that says the lab lives. */
export const newLabId = (): string => randomBytes(4).toString('hex')

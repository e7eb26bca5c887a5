import { createHash } from 'node:crypto'
import { fault } from '../../base/errors/fault.ts'
import type { Digest } from '../define.ts'

/** Rows of a larger table are counted, not hashed. */
const HASHED_UP_TO_ROWS = 200_000

type Value = string | number | bigint | null | Uint8Array
type Statement = {
  all(...parameters: Value[]): Record<string, unknown>[]
  iterate(...parameters: Value[]): Iterable<Record<string, unknown>>
  setReadBigInts(on: boolean): void
}
type Connection = { prepare(sql: string): Statement; exec(sql: string): void; close(): void }
type Sqlite = { DatabaseSync: new (path: string, options: { readOnly: boolean }) => Connection }

const isSqlite = (found: unknown): found is Sqlite =>
  typeof found === 'object' && found !== null && 'DatabaseSync' in found

/** Node's own reader of SQLite; null before Node 22.5, which has none. */
const loadSqlite = (): Sqlite | null => {
  const found: unknown = process.getBuiltinModule?.('node:sqlite')
  return isSqlite(found) ? found : null
}

export const canRead = (): boolean => loadSqlite() !== null

const withFile = <T>(sqlite: Sqlite, file: string, readOnly: boolean, use: (open: Connection) => T): T => {
  const connection = new sqlite.DatabaseSync(file, { readOnly })
  try {
    connection.exec('PRAGMA busy_timeout = 5000')
    return use(connection)
  } finally {
    connection.close()
  }
}

const isValue = (value: unknown): value is Value =>
  value === null || ['string', 'number', 'bigint'].includes(typeof value) || value instanceof Uint8Array

/** Throws E_STORE_UNAVAILABLE where this Node cannot read SQLite, and what SQLite says of the statement. */
export const queryFile = (file: string, sql: string, parameters: readonly unknown[]) => {
  const sqlite = loadSqlite()
  if (!sqlite)
    throw fault('E_STORE_UNAVAILABLE', {
      store: 'SQLite',
      reason: `Node ${process.versions.node} cannot read its files`,
      install: 'Run plimsoll with Node 22.13 or newer.',
    })
  return withFile(sqlite, file, false, (open) => open.prepare(sql).all(...parameters.filter(isValue)))
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

const hashRow = (row: Record<string, unknown>): bigint => {
  const text = JSON.stringify(Object.values(row), (_, value: unknown) =>
    typeof value === 'bigint'
      ? `${value}n`
      : value instanceof Uint8Array
        ? Buffer.from(value).toString('hex')
        : value,
  )
  return createHash('sha256').update(text).digest().readBigUInt64BE()
}

const hashTable = (open: Connection, table: string): string => {
  const rows = open.prepare(`SELECT * FROM ${quote(table)}`)
  rows.setReadBigInts(true)
  let sum = 0n
  for (const row of rows.iterate()) sum = BigInt.asUintN(64, sum + hashRow(row))
  return sum.toString()
}

const digestFile = (open: Connection, prefix: string, digest: Digest): void => {
  const tables = open.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  )
  for (const { name } of tables.all()) {
    const table = String(name)
    const count = Number(open.prepare(`SELECT count(*) AS rows FROM ${quote(table)}`).all()[0]?.rows ?? 0)
    digest.counts[prefix + table] = count
    digest.hashes[prefix + table] = count > HASHED_UP_TO_ROWS ? `rows:${count}` : hashTable(open, table)
  }
}

/** What is in the files, one snapshot for each; null where this Node cannot read SQLite. */
export const digestFiles = (files: readonly { path: string; prefix: string }[]): Digest | null => {
  const sqlite = loadSqlite()
  if (!sqlite) return null
  const digest: Digest = { counts: {}, hashes: {} }
  for (const { path, prefix } of files) {
    withFile(sqlite, path, true, (open) => {
      open.exec('BEGIN')
      digestFile(open, prefix, digest)
    })
  }
  return digest
}

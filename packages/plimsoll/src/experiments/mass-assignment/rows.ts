import { quoteName } from '../../base/sql/quote.ts'
import type { Lab, LabStore } from '../../lab/lab.ts'
import { isJournalTable } from '../../lab/operations/side-table.ts'

export type Row = Record<string, unknown>
export type Column = { name: string; type: string; choices: string[] }

/** Rows of a table before or after a request; longer tables are not looked at. */
const MOST_ROWS = 2_000
const MOST_TABLES = 4

const ask = async (
  { database }: LabStore,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[] | null> => {
  try {
    return (await database.query(sql, parameters)).rows
  } catch {
    return null
  }
}

const LITERAL = /'([^']+)'/g

const choicesIn = (text: string): string[] =>
  [...text.matchAll(LITERAL)].flatMap(([, value]) => (value === undefined ? [] : [value]))

const CHECKS = `SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE contype = 'c' AND conrelid = to_regclass($1)`
const LABELS = 'SELECT enumlabel AS label FROM pg_enum WHERE enumtypid = to_regtype($1)'

const standardColumns = async (store: LabStore, table: string): Promise<Column[]> => {
  const [name = '', schema = null] = table.split('.').reverse()
  const rows = await ask(
    store,
    'SELECT column_name, data_type, udt_name FROM information_schema.columns WHERE table_name = $1 AND table_schema = coalesce($2, current_schema())',
    [name, schema],
  )
  if (rows === null || rows.length === 0) return []
  const checks = ((await ask(store, CHECKS, [quoteName(table)])) ?? []).map(({ text }) => String(text))
  return Promise.all(
    rows.map(async (row) => {
      const column = String(row.column_name)
      const labels =
        row.data_type === 'USER-DEFINED' ? await ask(store, LABELS, [String(row.udt_name)]) : null
      const checked = checks.filter((check) => new RegExp(`\\b${column}\\b`).test(check)).flatMap(choicesIn)
      return {
        name: column,
        type: String(row.data_type),
        choices: labels === null ? checked : labels.map(({ label }) => String(label)),
      }
    }),
  )
}

/** Where there is no information schema: a file, whose own statement tells what a column may hold. */
const fileColumns = async (store: LabStore, table: string): Promise<Column[]> => {
  const rows = (await ask(store, 'SELECT name, type FROM pragma_table_info(?)', [table])) ?? []
  const [made] =
    (await ask(store, "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", [table])) ?? []
  return rows.map((row) => {
    const name = String(row.name)
    const [, list = ''] =
      new RegExp(`\\b${name}["\`]?\\s+IN\\s*\\(([^)]*)\\)`, 'i').exec(String(made?.sql ?? '')) ?? []
    return { name, type: String(row.type).toLowerCase(), choices: choicesIn(list) }
  })
}

export const columnsOf = async (store: LabStore, table: string): Promise<Column[]> => {
  const found = await standardColumns(store, table)
  return found.length > 0 ? found : fileColumns(store, table)
}

const rowsIn = async (store: LabStore, table: string): Promise<Row[] | null> => {
  const rows = await ask(store, `SELECT * FROM ${quoteName(table)} LIMIT ${MOST_ROWS + 1}`)
  return rows === null || rows.length > MOST_ROWS ? null : rows
}

export type Snapshot = ReadonlyMap<string, Row[]>

export const snapshot = async (store: LabStore | null, tables: readonly string[]): Promise<Snapshot> => {
  const taken = new Map<string, Row[]>()
  for (const table of store === null ? [] : tables) {
    const rows = store === null ? null : await rowsIn(store, table)
    if (rows !== null) taken.set(table, rows)
  }
  return taken
}

/** A row as it is now, and as it was; `before` is null for a new one. */
export type ChangedRow = { table: string; before: Row | null; after: Row }

const keyOf = (row: Row) => {
  const [first] = Object.keys(row)
  const name = ['id', '_id', 'uuid'].find((one) => row[one] !== undefined) ?? first
  return name === undefined ? '' : JSON.stringify([name, row[name]])
}

export const changedRows = (before: Snapshot, after: Snapshot): ChangedRow[] =>
  [...after].flatMap(([table, rows]) => {
    const old = before.get(table)
    if (old === undefined) return []
    const texts = new Set(old.map((row) => JSON.stringify(row)))
    const byKey = new Map(old.map((row) => [keyOf(row), row]))
    return rows
      .filter((row) => !texts.has(JSON.stringify(row)))
      .map((row) => ({ table, before: byKey.get(keyOf(row)) ?? null, after: row }))
  })

/** The store to look into: the one on the wire, else any that can be asked. */
export const storeOf = (lab: Lab): LabStore | null => lab.store ?? lab.stores[0] ?? null

/** Tables that statements since a mark wrote to; of a store without a wire, those that are different now. */
export const writtenTables = async (
  store: LabStore,
  since: { mark: number; hashes: Record<string, string> | null },
): Promise<string[]> => {
  const { wire, facts } = store
  const found =
    wire !== null && facts !== null
      ? wire.since(since.mark).flatMap(({ sql }) => facts(sql).writes.map(({ table }) => table))
      : Object.entries((await store.digest().catch(() => null))?.hashes ?? {}).flatMap(([table, hash]) =>
          since.hashes !== null && since.hashes[table] !== hash ? [table] : [],
        )
  return [...new Set(found)].filter((table) => !isJournalTable(table)).slice(0, MOST_TABLES)
}

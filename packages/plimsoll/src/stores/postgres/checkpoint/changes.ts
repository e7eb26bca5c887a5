import type pg from 'pg'
import type { Changes, Row } from '../../define.ts'
import { matchTables, readTables, type Table } from './layout.ts'
import { asText, extraRows, missingRows } from './rows.ts'
import { findDiffering, type Saved } from './saved.ts'
import { transact } from './session.ts'

/** Of one table, in each direction. */
const MOST_ROWS = 200

type Difference = { added: Row[]; removed: Row[] }

const compare = async (client: pg.Client, table: Table, index: number): Promise<Difference> => {
  const select = (how: string, from: string) =>
    `(SELECT '${how}' AS how, ${asText(table)} AS row FROM ${from} ORDER BY n.line LIMIT ${MOST_ROWS})`
  const { rows } = await client.query<{ how: string; row: Row }>(
    `${select('added', extraRows(table, index))} UNION ALL ${select('removed', missingRows(table, index))}`,
  )
  const of = (wanted: string) => rows.filter(({ how }) => how === wanted).map(({ row }) => row)
  return { added: of('added'), removed: of('removed') }
}

const readChanges = async (client: pg.Client, saved: Saved): Promise<Changes> => {
  const changes: Changes = {}
  const add = (name: string, { added, removed }: Difference) => {
    const before = changes[name] ?? { added: [], removed: [] }
    changes[name] = { added: [...before.added, ...added], removed: [...before.removed, ...removed] }
  }
  const { tables, gone } = matchTables(saved.tables, await readTables(client))
  for (const { name } of gone) add(name, { added: [], removed: [] })
  for (const index of await findDiffering(client, saved, tables)) {
    const table = tables.get(index)
    if (table) add(table.name, await compare(client, table, index))
  }
  return changes
}

/**
 * Everything of one moment; a table that is gone is there without rows. Throws what the server says when a table stays locked for 5 s.
 */
export const changesSince = (client: pg.Client, saved: Saved): Promise<Changes> =>
  transact(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', () => readChanges(client, saved))

import type pg from 'pg'
import { quote } from '../connect.ts'
import type { Column, Reference, Table } from './table.ts'

const plain = (name: string): string =>
  name
    .slice(name.indexOf('.') + 1)
    .replaceAll('_', '')
    .toLowerCase()

/** `customer` of `customer_id` and `customerId`; null for a name that says no table. */
const namedBy = (column: string): string | null => {
  const [, base = ''] = /^(.+?)(?:_id|Id|ID)$/.exec(column) ?? []
  return base === '' ? null : plain(base)
}

const isNamed = (table: Table, one: string): boolean =>
  [one, `${one}s`, `${one}es`, one.replace(/y$/, 'ies')].includes(plain(table.name))

const keyOf = (table: Table): Column | null => {
  const [name, ...more] = table.keys.find(({ primary }) => primary)?.columns ?? []
  return more.length === 0 ? (table.columns.find((column) => column.name === name) ?? null) : null
}

const holds = async (client: pg.Client, table: Table, column: Column, parent: Table, key: Column) => {
  const { rows } = await client.query<{ holds: boolean }>(
    `SELECT count(*) > 0 AND bool_and(EXISTS (SELECT FROM ${parent.sql} p WHERE p.${quote(key.name)} = c.${quote(column.name)})) AS holds
     FROM ${table.sql} c WHERE c.${quote(column.name)} IS NOT NULL`,
  )
  return rows[0]?.holds === true
}

/**
 * References that the schema does not declare: `customer_id` where there is a table `customers`, and every value is a
 * key there. Copied as they are, those of the seed would get every new row.
 */
export const implyReferences = async (client: pg.Client, tables: readonly Table[]): Promise<void> => {
  for (const table of tables) {
    const declared = new Set(table.references.flatMap(({ columns }) => columns))
    for (const column of table.columns) {
      const named = namedBy(column.name)
      if (named === null || column.made || declared.has(column.name)) continue
      const parent = tables.find((other) => other !== table && isNamed(other, named))
      const key = parent === undefined ? null : keyOf(parent)
      if (parent === undefined || key === null || key.kind !== column.kind) continue
      const reference: Reference = {
        columns: [column.name],
        parent: parent.oid,
        parentSql: parent.sql,
        parentColumns: [key.name],
        vouched: false,
      }
      if (await holds(client, table, column, parent, key)) table.references.push(reference)
    }
  }
}

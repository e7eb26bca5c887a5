import type { Table } from './table.ts'

/** What migration tools call the tables in which they note what has been done, where the name does not say so itself. */
const NOTES =
  /^(?:schema_?version|flyway_schema_history|databasechangelog(?:lock)?|alembic_version|goose_db_version|sequelizemeta|ar_internal_metadata|atlas_schema_revisions)$/i

/**
 * Tables of a migration tool: nothing refers to them, they refer to nothing, and their name says `migration` or is one
 * that a common tool uses. More rows there would tell the tool of migrations that never were.
 */
export const isBookkeeping = (table: Table, all: readonly Table[]): boolean => {
  const bare = table.name.slice(table.name.indexOf('.') + 1)
  const alone =
    table.references.length === 0 &&
    !all.some(({ references }) => references.some(({ parent }) => parent === table.oid))
  return alone && (/migrations?(?:_?history|_?lock)?$/i.test(bare) || NOTES.test(bare))
}

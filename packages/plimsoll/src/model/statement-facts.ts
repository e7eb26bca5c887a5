import { z } from 'zod'

/** A comparison with one value that a statement chooses rows by: `account_id = $2`. */
export const Key = z.object({
  column: z.string(),
  /** number of the parameter, from 1; null when the value stands in the text */
  parameter: z.number().int().nullable(),
  /** the value where it stands in the text */
  literal: z.string().nullable(),
})
export type Key = z.infer<typeof Key>

/** One table as a statement touches it. Schema `public` is left out of the name; an unquoted name is lower case. */
export const TableRead = z.object({ table: z.string(), keys: z.array(Key) })
export type TableRead = z.infer<typeof TableRead>

export const TableWrite = z.object({
  table: z.string(),
  how: z.enum(['insert', 'update', 'delete', 'truncate', 'copy', 'merge']),
  /** columns that are set; empty when the statement does not name them */
  columns: z.array(z.string()),
  keys: z.array(Key),
  /** the condition looks at a column that the statement sets, or at more than the key: `stock >= $1`, `version = $3` */
  conditional: z.boolean(),
  /** a column is set from its own old value: `stock = stock - 1` */
  relative: z.boolean(),
  onConflict: z.enum(['nothing', 'update']).nullable(),
})
export type TableWrite = z.infer<typeof TableWrite>

/** What can be said of a statement from its text alone, read with the store's own grammar. */
export const StatementFacts = z.object({
  kind: z.enum(['read', 'write', 'begin', 'commit', 'rollback', 'savepoint', 'setting', 'schema', 'other']),
  /** every table whose rows decide the outcome: FROM, joins, subqueries, and the target of UPDATE and DELETE */
  reads: z.array(TableRead),
  writes: z.array(TableWrite),
  /** explicit row lock; `table` for LOCK TABLE, `advisory` for pg_advisory_… */
  lock: z.enum(['key share', 'share', 'no key update', 'update', 'table', 'advisory']).nullable(),
  /** set or asked for by this statement */
  isolation: z.enum(['read committed', 'repeatable read', 'serializable']).nullable(),
})
export type StatementFacts = z.infer<typeof StatementFacts>

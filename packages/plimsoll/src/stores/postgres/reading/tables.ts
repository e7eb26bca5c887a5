import type { Node, RangeVar } from 'libpg-query'
import { words } from './tree.ts'

const SYSTEM = /^(pg_|information_schema$)/

/** Null for a table of the system. */
export const tableName = ({ schemaname: schema, relname: name = '' }: RangeVar): string | null => {
  if (schema === undefined) return SYSTEM.test(name) ? null : name
  if (SYSTEM.test(schema)) return null
  return schema === 'public' ? name : `${schema}.${name}`
}

/** One thing that a statement takes rows from: a table, or what stands for one (`table` is null). */
export type Source = { table: string | null; alias: string; schema: string | null }

export const sourceOf = (relation: RangeVar, isTable = true): Source => ({
  table: isTable ? tableName(relation) : null,
  alias: relation.alias?.aliasname ?? relation.relname ?? '',
  schema: relation.alias === undefined ? (relation.schemaname ?? null) : null,
})

export type Column = { name: string; of: Source | null }

/** Which source a column is of: by its qualifier, else of the only one there is. Null for what is not a column. */
export const columnOf = (node: Node | undefined, sources: readonly Source[]): Column | null => {
  if (!node) return null
  if ('TypeCast' in node) return columnOf(node.TypeCast.arg, sources)
  if ('CollateClause' in node) return columnOf(node.CollateClause.arg, sources)
  if (!('ColumnRef' in node)) return null
  const path = words(node.ColumnRef.fields)
  const name = path.at(-1)
  if (name === undefined || path.length !== node.ColumnRef.fields?.length) return null
  const qualifier = path.at(-2)
  if (qualifier === undefined) return { name, of: sources.length === 1 ? (sources[0] ?? null) : null }
  const schema = path.at(-3)
  const of = sources.find(
    (source) =>
      source.alias === qualifier && (schema === undefined || schema === (source.schema ?? 'public')),
  )
  return { name, of: of ?? null }
}

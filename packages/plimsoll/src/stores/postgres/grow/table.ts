/** How a column's value is made when it must be one that is not there yet; null where none can be made. */
export type ValueKind = 'uuid' | 'text' | 'number' | 'timestamp' | 'date' | 'interval' | 'bytes' | 'address'

export type Column = {
  name: string
  /** as the store writes it, for casts */
  type: string
  kind: ValueKind | null
  /** most characters; null where there is no limit */
  limit: number | null
  nullable: boolean
  /** a condition says which values it may take */
  checked: boolean
  /** generated, identity, or a default that is another one each time: the store makes it */
  made: boolean
}

export type Key = {
  columns: string[]
  primary: boolean
  /** two nulls are two values */
  nullsDiffer: boolean
}

export type Reference = {
  columns: string[]
  /** oid of the table referred to */
  parent: string
  /** quoted, with its schema */
  parentSql: string
  parentColumns: string[]
  /** declared, and true of every row so far */
  vouched: boolean
}

/** A table that takes rows: an ordinary one, or the whole of a partitioned one. */
export type Table = {
  oid: string
  /** as reports call it: schema `public` is left out */
  name: string
  /** quoted, with its schema */
  sql: string
  columns: Column[]
  keys: Key[]
  references: Reference[]
  /** the app's own, which are on */
  triggers: string[]
}

export const columnOf = (table: Table, name: string): Column | null =>
  table.columns.find((column) => column.name === name) ?? null

import type pg from 'pg'
import { quote } from '../connect.ts'
import { findDistinct } from './find-distinct.ts'
import { groupReferences } from './groups.ts'
import { type KeyPlan, planKeys } from './keys.ts'
import { makeValue } from './make-value.ts'
import { ordinal } from './ordinal.ts'
import { notNull, openUnused, type Pool } from './pool.ts'
import { spread } from './spread.ts'
import type { Column, Reference, Table } from './table.ts'

export type Plan = {
  /** adds the rows numbered $1 to $2, $3 of this table's keys being new already; answers `made` and `kept` */
  insert: string
  /** references to fill in when every table has its rows */
  late: Reference[]
  /** why rows may collide; null when none should */
  limits: string | null
}

export type PlanQuestion = {
  table: Table
  late: readonly Reference[]
  pools: ReadonlyMap<string, Pool>
  /** rows that are there, and rows to add */
  before: number
  wanted: number
  /** number of the first new row */
  first: number
  /** rows in `source`, which are copied */
  sources: number
  source: string
}

type Join = { reference: Reference; alias: string; sql: string }

const N = 'g.n'

const joinOf = async (
  client: pg.Client,
  question: PlanQuestion,
  { takings }: KeyPlan,
  reference: Reference,
  index: number,
): Promise<{ join: Join; once: boolean }> => {
  const { table, pools, before, wanted, first } = question
  const pool = pools.get(reference.parent)
  const taking = takings.get(reference) ?? { how: 'any' }
  if (pool === undefined) throw new Error('a reference that is spread has parents')
  const alias = `p${index}`
  const from = taking.how === 'once' ? (await openUnused(client, table, reference, pool)).sql : pool.sql
  const place = ordinal({
    taking,
    pool,
    other: taking.how === 'crossed' ? (pools.get(taking.with.parent) ?? null) : null,
    before,
    wanted,
    salt: 10 * (index + 1),
    n: N,
    index: `(${N} - ${first})`,
  })
  const sql = `LEFT JOIN ${from} ${alias} ON ${alias}.plimsoll_k = ${place}`
  return { join: { reference, alias, sql }, once: taking.how === 'once' }
}

const readGreatest = async (client: pg.Client, table: Table, { name, kind }: Column) => {
  if (kind === null || ['uuid', 'text', 'bytes'].includes(kind)) return null
  const finite = kind === 'timestamp' || kind === 'date' ? `WHERE isfinite(${quote(name)})` : ''
  const { rows } = await client.query<{ greatest: string | null }>(
    `SELECT max(${quote(name)})::text AS greatest FROM ${table.sql} ${finite}`,
  )
  return rows[0]?.greatest ?? null
}

const sourceOf = async (
  client: pg.Client,
  { table, first }: PlanQuestion,
  column: Column,
  { fresh, joins, empty }: { fresh: KeyPlan['fresh']; joins: readonly Join[]; empty: ReadonlySet<string> },
): Promise<string | null> => {
  const from = `s.${quote(column.name)}`
  const unlessNull = (sql: string) => `CASE WHEN ${from} IS NULL THEN NULL ELSE ${sql} END`
  const join = joins.find(({ reference }) => reference.columns.includes(column.name))
  if (join !== undefined) {
    const parent = join.reference.parentColumns[join.reference.columns.indexOf(column.name)] ?? ''
    const value = `${join.alias}.${quote(parent)}`
    return column.nullable ? unlessNull(value) : value
  }
  if (column.made) return null
  if (empty.has(column.name)) return column.nullable ? 'NULL' : from
  const how = fresh.get(column.name)
  if (how === undefined) return from
  const greatest = await readGreatest(client, table, column)
  const salt = `${table.name}.${column.name}`
  const made = makeValue(column, { from, n: N, step: `(${N} - ${first} + 1)`, greatest, salt })
  if (made === null) return from
  return how.nulls ? unlessNull(made) : made
}

/** What says that a row had no parent to point at: those that must have one are left out then. */
const hasParent = ({ reference, alias }: Join): string =>
  `(${alias}.plimsoll_k IS NOT NULL OR NOT (${notNull(reference.columns, 's.')}))`

const limitsOf = ({ open }: KeyPlan, once: readonly Reference[]): string | null => {
  const reasons = [
    ...open.map(({ columns }) => `no new values can be made for the unique ${columns.join(', ')}`),
    ...once.map(({ columns }) => `${columns.join(', ')} is unique, and every row it may point at is taken`),
  ]
  return reasons.length === 0 ? null : reasons.join('; ')
}

/** How rows are added to a table: where each column's value comes from. Throws what the server says. */
export const planTable = async (client: pg.Client, question: PlanQuestion): Promise<Plan> => {
  const { table, pools, sources, source } = question
  const sizes = (reference: Reference) => pools.get(reference.parent) ?? { old: 0, fresh: 0 }
  const groups = groupReferences(table, question.late, (one) => sizes(one).old + sizes(one).fresh > 0)
  const keys = planKeys({
    table,
    spread: groups.spread,
    bound: groups.bound,
    wanted: question.wanted,
    newParents: (one) => sizes(one).fresh,
  })
  for (const name of await findDistinct(client, table, source)) {
    if (!keys.fresh.has(name) && !groups.bound.has(name)) keys.fresh.set(name, { nulls: true })
  }
  const joins: Join[] = []
  const once: Reference[] = []
  for (const [index, reference] of groups.spread.entries()) {
    const joined = await joinOf(client, question, keys, reference, index)
    joins.push(joined.join)
    if (joined.once) once.push(reference)
  }
  const empty = new Set(groups.late.flatMap(({ columns }) => columns))
  const columns: string[] = []
  const values: string[] = []
  for (const column of table.columns) {
    const value = await sourceOf(client, question, column, { fresh: keys.fresh, joins, empty })
    if (value === null) continue
    columns.push(quote(column.name))
    values.push(value)
  }
  const target = columns.length === 0 ? '' : `(${columns.join(', ')})`
  const rows = `INSERT INTO ${table.sql} ${target}
    SELECT ${values.join(', ')} FROM generate_series($1::bigint, $2::bigint) AS g(n)
    JOIN ${source} s ON s.plimsoll_k = ${spread(N, 0, sources)} ${joins.map(({ sql }) => sql).join(' ')}
    WHERE ${joins.map(hasParent).join(' AND ') || 'true'}
    ON CONFLICT DO NOTHING`
  return { insert: keeping(rows, pools.get(table.oid)), late: groups.late, limits: limitsOf(keys, once) }
}

/** Keys of the new rows are kept for those that refer to them. */
const keeping = (insert: string, pool: Pool | undefined): string => {
  if (pool === undefined) {
    return `WITH made AS (${insert} RETURNING 1)
      SELECT (SELECT count(*) FROM made)::int AS made, 0 AS kept WHERE $3::bigint IS NOT NULL`
  }
  const names = pool.columns.map(quote).join(', ')
  return `WITH made AS (${insert} RETURNING ${names}), kept AS (
      INSERT INTO ${pool.sql} SELECT $3::bigint + row_number() OVER () - 1, ${names} FROM made
      WHERE ${notNull(pool.columns)} RETURNING 1)
    SELECT (SELECT count(*) FROM made)::int AS made, (SELECT count(*) FROM kept)::int AS kept`
}

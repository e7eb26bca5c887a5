import type { FoundTable } from '../find-columns.ts'
import { readClauses } from '../read-clauses.ts'
import { isChosenFirst, mainOf, tailOf } from './order-of.ts'

/** Texts to put into a statement, by their positions in it. */
export type Insertion = { at: number; text: string }

const NO_LIST = /^\s*distinct\b/i

/**
 * The statement as one that gives a page, with `$n` for how many rows and `$n+1` for how many before it.
 * @param used how many parameters it has already
 * @returns null where a page of it would not be the same rows in the same order each time
 */
export const pageInsertions = (
  sql: string,
  used: number,
  tables: readonly FoundTable[],
): Insertion[] | null => {
  const clauses = readClauses(sql)
  if (clauses?.verb !== 'select' || clauses.limit !== null || clauses.offset !== null) return null
  const main = mainOf(clauses, tables)
  const isPlain = clauses.chosen === clauses.end && !NO_LIST.test(clauses.list?.text ?? '')
  if (main === null || !isPlain || (clauses.group === null && isCounted(clauses.list?.text ?? '')))
    return null
  const tail = tailOf(clauses, main)
  const limit = `LIMIT $${used + 1} OFFSET $${used + 2}`
  const ordered = clauses.order === null ? ` ORDER BY ${tail}` : tail === '' ? '' : `, ${tail}`
  if (clauses.group === null) return [{ at: clauses.end, text: `${ordered} ${limit}` }]
  if (!isChosenFirst(clauses, main)) return null
  const [key = ''] = main.key
  const order = clauses.order === null ? tail : `${clauses.order.text}${ordered}`
  const chosen = `WHERE ${key} IN (SELECT ${key} FROM ${main.from} ORDER BY ${order} ${limit})`
  return [
    { at: clauses.from?.end ?? clauses.end, text: `${/\n/.test(sql) ? '\n' : ' '}${chosen}` },
    ...(ordered === '' ? [] : [{ at: clauses.end, text: ordered }]),
  ]
}

const isCounted = (list: string) =>
  /\b(?:count|sum|max|min|avg|array_agg|json_agg|jsonb_agg|string_agg)\s*\(/i.test(list)

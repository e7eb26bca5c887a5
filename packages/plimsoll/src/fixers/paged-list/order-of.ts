import { type FoundTable, sourcesOf } from '../find-columns.ts'
import { type Clauses, splitList } from '../read-clauses.ts'

/** The first table of a statement, with its primary key as the statement would name it. */
type Main = {
  from: string
  columns: ReadonlySet<string>
  key: readonly string[]
  alias: string
  /** keys of joined tables of which there may be several for one row of the first */
  others: readonly string[]
}

const bareName = (term: string) =>
  term
    .replace(/\s+(?:asc|desc)\b.*$/i, '')
    .replaceAll('"', '')
    .trim()

/** A row of what was joined before has one of the table at the most. */
const isOne = (from: string, alias: string, key: readonly string[]): boolean => {
  const [column, another] = key
  const named = `"?${alias}"?\\."?${column}"?`
  return (
    column !== undefined &&
    another === undefined &&
    new RegExp(`(?:\\bon\\s+\\(?|\\band\\s+)(?:${named}\\s*=|[\\w."]+\\s*=\\s*${named}(?![\\w.]))`, 'i').test(
      from,
    )
  )
}

/** null where a table or its key is not known, or the rows come from somewhere else. */
export const mainOf = ({ from }: Clauses, tables: readonly FoundTable[]): Main | null => {
  const [first, ...others] = from === null ? [] : sourcesOf(from.text)
  const keyOf = (name: string) => tables.find((table) => table.name === name)?.key ?? []
  const table = tables.find(({ name }) => name === first?.table)
  if (from === null || first === undefined || table === undefined || /\(\s*select\b/i.test(from.text))
    return null
  const several = others.filter(({ table: name, alias }) => !isOne(from.text, alias, keyOf(name)))
  if (table.key.length === 0 || several.some((one) => keyOf(one.table).length === 0)) return null
  const prefix = others.length > 0 ? `${first.alias}.` : ''
  const own = /^(?:(?!\b(?:left|right|full|inner|cross|natural|join)\b)[^,])+/i.exec(from.text)?.[0] ?? ''
  return {
    ...{ from: own.trim(), columns: new Set(table.columns.keys()), alias: first.alias },
    key: table.key.map((column) => `${prefix}${column}`),
    others: several.flatMap((one) => keyOf(one.table).map((column) => `${one.alias}.${column}`)),
  }
}

const isKey = (term: string, key: string) => bareName(term).split('.').at(-1) === key.split('.').at(-1)

/** What has to follow so that no two rows may change places between two pages; '' where nothing has to. */
export const tailOf = ({ order, group }: Clauses, { key, alias, others }: Main): string => {
  const terms = order === null ? [] : splitList(order.text)
  const own = terms.filter((term) => !bareName(term).includes('.') || bareName(term).startsWith(`${alias}.`))
  const more = group === null ? others.filter((one) => !terms.some((term) => bareName(term) === one)) : []
  const missing = [...key.filter((one) => !own.some((term) => isKey(term, one))), ...more]
  const isBack = /\bdesc\b/i.test(terms.at(-1) ?? '')
  return missing.map((one) => `${one}${isBack ? ' DESC' : ''}`).join(', ')
}

/**
 * Whether the page can be chosen before anything is joined and counted: each row of the first table gives one of the
 * result, and their order is known from it alone.
 */
export const isChosenFirst = (clauses: Clauses, main: Main): boolean => {
  const { from, group, order, where, list } = clauses
  if (from === null || group === null || where !== null) return false
  const groups = splitList(group.text).map(bareName)
  const joins = [...clauses.mask.slice(from.start, from.end).matchAll(/(\w+\s+(?:outer\s+)?)?join\b|,/gi)]
  const isLeft = joins.every(([, kind]) => /^left\b/i.test(kind ?? ''))
  const isOwn = (term: string) => {
    const name = bareName(term)
    const [owner, column] = name.includes('.') ? name.split('.') : [main.alias, name]
    const isMeant = !new RegExp(`\\bas\\s+"?${name}"?\\s*(?:,|$)`, 'i').test(list?.text ?? '')
    return owner === main.alias && main.columns.has(column ?? '') && isMeant
  }
  const isGrouped = main.key.length === 1 && groups.some((one) => isKey(one, main.key[0] ?? ''))
  return isGrouped && isLeft && (order === null || splitList(order.text).every(isOwn))
}

import { readClauses, splitList } from '../read-clauses.ts'

const NUMBERED = /\$(\d+)/g
const QUOTED = /'(?:[^']|'')*'/g

/** Positions of the parameters of a statement and the place of their value, from 0. */
const parametersOf = (sql: string): { at: number; end: number; value: number }[] => {
  const plain = sql.replace(QUOTED, (text) => '~'.repeat(text.length))
  const numbered = [...plain.matchAll(NUMBERED)]
  if (numbered.length > 0)
    return numbered.map(({ 0: text, 1: nth, index }) => ({
      at: index,
      end: index + text.length,
      value: Number(nth) - 1,
    }))
  return [...plain.matchAll(/\?/g)].map(({ index }, value) => ({ at: index, end: index + 1, value }))
}

/** A column that is compared with, or set to, a value of the statement. */
export type Compared = { qualifier: string | null; column: string; value: number }

const NAME = `(?:["\`]?(\\w+)["\`]?\\.)?["\`]?(\\w+)["\`]?`
const LEFT = new RegExp(`${NAME}\\s*=\\s*$`)

const INSERT = /^\s*insert\s+into\s+(?:\w+\.)?["`]?(\w+)["`]?\s*\(([^)]*)\)\s*values\s*\(/i

const insertedBy = (sql: string): { table: string; compared: Compared[] } | null => {
  const [head, table, list = ''] = INSERT.exec(sql) ?? []
  if (head === undefined || table === undefined) return null
  const columns = list.split(',').map((one) => one.trim().replace(/^["`]|["`]$/g, ''))
  const given = splitList(sql.slice(head.length).replace(/\)[^()]*$/, ''))
  const parameters = parametersOf(sql)
  const compared = columns.flatMap((column, index) => {
    const text = given[index] ?? ''
    const from = sql.indexOf(text, head.length)
    const one = parameters.find(({ at }) => at === from)
    return one !== undefined &&
      /^(?:\$\d+|\?)$/.test(text) &&
      (text !== '?' || given.every((other) => other === '?'))
      ? [{ qualifier: null, column, value: text === '?' ? index : one.value }]
      : []
  })
  return { table, compared }
}

/** What the rows are chosen by: `column = $1` of which each has to hold. */
const chosenBy = (sql: string): Compared[] => {
  const clauses = readClauses(sql)
  const where = clauses?.where ?? null
  if (clauses === null || where === null || /\bor\b/i.test(clauses.mask.slice(where.start, where.end)))
    return []
  return parametersOf(sql).flatMap(({ at, end, value }) => {
    const isThere = at >= where.start && end <= where.end && clauses.mask[at] !== '~'
    const [, qualifier, column] = isThere ? (LEFT.exec(sql.slice(where.start, at)) ?? []) : []
    return column === undefined ? [] : [{ qualifier: qualifier ?? null, column, value }]
  })
}

export { chosenBy, insertedBy, parametersOf }

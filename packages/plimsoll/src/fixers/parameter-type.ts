import { type FoundTable, sourcesOf } from './find-columns.ts'

const READS =
  /\b(?:from|join|update|into)\s+(?:only\s+)?(?:"?\w+"?\.)?"?\w+"?(?:\s+as\s+\w+|\s+(?!on\b|where\b|set\b|using\b|left\b|right\b|inner\b|full\b|cross\b|natural\b|join\b|group\b|order\b|limit\b|values\b|returning\b|for\b)\w+)?/gi

/** Every table that a statement names, in subselects too, by what it is called there. */
const namesIn = (sql: string) =>
  [...sql.matchAll(READS)].flatMap(([text]) => sourcesOf(text.replace(/^\w+\s+/, '')))

const typesOf = (sql: string, tables: readonly FoundTable[], owner: string | undefined, column: string) => {
  const named = namesIn(sql).filter(({ alias }) => owner === undefined || alias === owner)
  return named.flatMap(({ table }) => {
    const type = tables.find(({ name }) => name === table)?.columns.get(column)
    return type === undefined ? [] : [type]
  })
}

/**
 * The type of a statement's `$n`, by the columns that it is compared with; null where that is not said, or said in two
 * ways.
 */
export const parameterType = (sql: string, nth: number, tables: readonly FoundTable[]): string | null => {
  const uses = [...sql.matchAll(new RegExp(`\\$${nth}(?!\\d)(?:::([a-z]\\w*(?:\\[\\])?))?`, 'gi'))]
  const compared = /(?:"?(\w+)"?\.)?"?(\w+)"?\s*(?:=|<>|<=|>=|<|>)\s*$/
  const said = uses.flatMap(({ 1: cast, index }) => {
    if (cast !== undefined) return [cast.toLowerCase()]
    const [, owner, column] = compared.exec(sql.slice(0, index)) ?? []
    return column === undefined ? [] : typesOf(sql, tables, owner, column)
  })
  const [type, another] = new Set(said)
  return type === undefined || another !== undefined ? null : type
}

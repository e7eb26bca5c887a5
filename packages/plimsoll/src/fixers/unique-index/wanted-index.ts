import type { Finding } from '../../model/verdict.ts'
import { plainSql, textOfEvidence } from '../find-statements.ts'

export type WantedIndex = {
  table: string
  /** columns, or what is computed from one: `lower(email)` */
  columns: readonly string[]
  /** rows that it is about, as SQL; null where it is about all */
  where: string | null
  isUnique: boolean
}

const MISSING = /^CREATE INDEX ON (\w+) \((.+)\);$/

/** The index that a finding asks for in so many words. */
const namedIn = ({ repairs }: Finding): WantedIndex | null => {
  for (const repair of repairs) {
    const [, table, columns = ''] = MISSING.exec(repair) ?? []
    if (table !== undefined)
      return { table, columns: columns.split(/, (?![^(]*\))/), where: null, isUnique: false }
  }
  return null
}

const unquoted = (sql: string) => sql.replaceAll('"', '')

const VALUE = /^(?:\$\d+|'[^']*'|\d+|lower ?\(\$\d+\))$/i
const COLUMN = /^(?:\w+\.)?(\w+)$/
const LOWERED = /^lower ?\((?:\w+\.)?(\w+)\)$/i

const columnOf = (left: string): string | null => {
  const [, lowered] = LOWERED.exec(left) ?? []
  if (lowered !== undefined) return `lower(${lowered})`
  return COLUMN.exec(left)?.[1] ?? null
}

/** What a statement looks for before another one adds a row: columns that have to be unique together. */
const lookedFor = (conditions: string): Pick<WantedIndex, 'columns' | 'where'> | null => {
  const columns: string[] = []
  const where: string[] = []
  for (const one of conditions.replace(/^\(([^()]*)\)$/, '$1').split(/ and /i)) {
    const [, left = '', right = ''] = /^(.+?) = (.+)$/.exec(one.trim()) ?? []
    const [, open] = /^(?:\w+\.)?(\w+) is null$/i.exec(one.trim()) ?? []
    const column = VALUE.test(right) ? columnOf(left) : null
    if (open !== undefined) where.push(`${open} IS NULL`)
    else if (column !== null) columns.push(column)
    else return null
  }
  return columns.length === 0 ? null : { columns, where: where.length === 0 ? null : where.join(' AND ') }
}

/** A row is added when none was found by some columns, and two requests find none. */
const racedIn = (finding: Finding): WantedIndex | null => {
  const [read = '', write = ''] = textOfEvidence(finding.evidence, 'Read, then written')
    .split('\n')
    .map((sql) => unquoted(plainSql(sql)))
  const [, list = '', table, conditions = ''] =
    /^select (.+?) from (?:\w+\.)?(\w+)(?: as \w+)? where (.+?)(?: limit \S+)?$/i.exec(read) ?? []
  const [, written] = /^insert into (?:\w+\.)?(\w+)/i.exec(write) ?? []
  if (table === undefined || table !== written || /\b(?:count|sum|max|min) ?\(/i.test(list)) return null
  const found = / or |\bjoin\b/i.test(conditions) ? null : lookedFor(conditions)
  return found === null ? null : { table, ...found, isUnique: true }
}

export const wantedIndex = (finding: Finding): WantedIndex | null =>
  finding.probe === 'race' ? racedIn(finding) : namedIn(finding)

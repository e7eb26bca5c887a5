import type { Project } from '../instruments/source/project.ts'
import { splitList } from './read-clauses.ts'

/** A table as the SQL files of a project make it. */
export type FoundTable = {
  name: string
  /** column → type as PostgreSQL names it in a cast, without a length: `int`, `timestamptz` */
  columns: ReadonlyMap<string, string>
  /** the primary key; empty where it has none, or it is declared elsewhere */
  key: readonly string[]
}

const CREATE = /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(?:["`]?\w+["`]?\.)?["`]?(\w+)["`]?\s*\(/gi
const ADDED =
  /\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?:["`]?\w+["`]?\.)?["`]?(\w+)["`]?\s+add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?(?!constraint\b|primary\b|foreign\b|unique\b|check\b|index\b|key\b)([^;]+)/gi
const COLUMN = /^["`]?(\w+)["`]?\s+([a-z]\w*(?:\s+(?:varying|precision))?)\s*(?:\([^)]*\))?(.*)$/is
const NO_COLUMN = /^(?:constraint|primary|foreign|unique|check|exclude|index|key|like)\b/i
const KEY = /^(?:constraint\s+\S+\s+)?primary\s+key\s*\(([^)]*)\)/i

const SERIALS: Readonly<Record<string, string>> = {
  serial: 'int',
  serial4: 'int',
  bigserial: 'bigint',
  serial8: 'bigint',
  smallserial: 'smallint',
  integer: 'int',
}

const typeOf = (written: string, rest: string): string => {
  const type = written.toLowerCase().replace(/\s+/g, ' ')
  const zoned = /^\s*with\s+time\s+zone/i.test(rest) ? 'tz' : ''
  return `${SERIALS[type] ?? type}${zoned}${/^\s*\[\]/.test(rest) ? '[]' : ''}`
}

/** What stands between a parenthesis and the one that closes it; null where none does. */
const insideOf = (text: string, start: number): string | null => {
  let depth = 1
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (depth === 0) return text.slice(start, at)
  }
  return null
}

const unquote = (name: string) => name.trim().replace(/^["`]|["`]$/g, '')

const tableOf = (name: string, body: string): FoundTable => {
  const columns = new Map<string, string>()
  let key: string[] = []
  for (const part of splitList(body.replace(/--[^\n]*/g, ''))) {
    const [, listed] = KEY.exec(part) ?? []
    if (listed !== undefined) key = listed.split(',').map(unquote)
    const [, column, type = '', rest = ''] = NO_COLUMN.test(part) ? [] : (COLUMN.exec(part) ?? [])
    if (column === undefined) continue
    columns.set(column, typeOf(type, rest))
    if (/\bprimary\s+key\b/i.test(rest)) key = [column]
  }
  return { name, columns, key }
}

/** Tables as the SQL files of a project make them; one that several files make is left out. */
export const findColumns = (project: Project): FoundTable[] => {
  const texts = project.under('', '.sql').map((file) => project.text(file) ?? '')
  const made = texts.flatMap((text) =>
    [...text.matchAll(CREATE)].flatMap(({ 0: head, 1: name = '', index }) => {
      const body = insideOf(text, index + head.length)
      return body === null ? [] : [tableOf(name, body)]
    }),
  )
  const added = texts.flatMap((text) =>
    [...text.matchAll(ADDED)].flatMap(([, name = '', column = '']) => ({ name, ...columnIn(column) })),
  )
  return made
    .filter(({ name }) => made.filter((one) => one.name === name).length === 1)
    .map((table) => ({
      ...table,
      columns: new Map([
        ...table.columns,
        ...added.flatMap(({ name, column, type }): [string, string][] =>
          name === table.name && column !== '' ? [[column, type]] : [],
        ),
      ]),
    }))
}

const columnIn = (text: string) => {
  const [, column = '', type = '', rest = ''] = COLUMN.exec(text.trim()) ?? []
  return { column, type: typeOf(type, rest) }
}

/** `FROM bookings b JOIN events ON …` → table and what the statement calls it, in their order. */
export const sourcesOf = (from: string): { table: string; alias: string }[] =>
  [...`, ${from}`.matchAll(SOURCE)].map(([, table = '', named, alias]) => ({
    table,
    alias: named ?? alias ?? table,
  }))

const SOURCE =
  /(?:,|\bjoin\b)\s*(?:only\s+|lateral\s+)?(?:["`]?\w+["`]?\.)?["`]?(\w+)["`]?(?:\s+as\s+["`]?(\w+)["`]?|\s+(?!on\b|using\b|left\b|right\b|inner\b|full\b|cross\b|natural\b|join\b|tablesample\b)["`]?(\w+)["`]?)?/gi

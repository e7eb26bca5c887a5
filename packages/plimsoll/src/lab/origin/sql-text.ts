/** Stands for what is not known from the text alone: a parameter, or an expression in a template. */
export const HOLE = '\u0000'

const COMMENTS = /\/\*[\s\S]*?\*\/|--[^\n]*(?=\n|$)/g
const PLACEHOLDERS = /\$\d+|(?<!:):[a-z_]\w*|@[a-z_]\w*|%s|%\(\w+\)s|\?/gi

/** One spelling for texts that mean the same statement: case, whitespace, quotes of names, parameters. */
export const plainSql = (text: string): string =>
  text
    .replace(COMMENTS, ' ')
    .replace(PLACEHOLDERS, HOLE)
    .replace(/["`]/g, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),=<>+*/;-]) ?/g, '$1')
    .replace(/;+$/, '')
    .trim()

/** What is fixed in a text, in order. */
export const segmentsOf = (text: string): string[] =>
  plainSql(text)
    .split(HOLE)
    .map((part) => part.trim())
    .filter((part) => part !== '')

const TABLE = /\b(?:from|join|into|update|truncate|table|only) ?([\w.]+)/g
const WORDS = new Set(['select', 'set', 'only', 'table', 'lateral', 'unnest', 'values', 'generate_series'])

/** Names of tables in a text that `plainSql` made. */
export const tablesIn = (plain: string): string[] => [
  ...new Set(
    [...plain.matchAll(TABLE)]
      .map(([, name]) => name?.split('.').at(-1) ?? '')
      .filter((name) => name !== '' && !WORDS.has(name)),
  ),
]

const SQL = /\b(?:select|insert|update|delete|merge|truncate|from|where|values|join|returning|with)\b/i

/** Cheap: may this text be SQL, or a part of it? */
export const looksLikeSql = (text: string): boolean => SQL.test(text)

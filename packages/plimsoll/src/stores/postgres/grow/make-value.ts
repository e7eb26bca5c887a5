import pg from 'pg'
import type { Column, ValueKind } from './table.ts'

/** What a new value is made from; all SQL. */
export type Making = {
  /** the column in the row that is copied */
  from: string
  /** number of the new row, never used twice in this table */
  n: string
  /** how many rows before it are new, from 1 */
  step: string
  /** the greatest value there is, as text; null when there is none */
  greatest: string | null
  /** table and column, so that no two columns get the same identifiers */
  salt: string
}

const UUID_TEXT = "'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"
/** Digits that hold the number of a row in a text that is all digits. */
const DIGITS = 8
/** Texts of at most so many characters are codes: the number itself takes their place. */
const CODE = 10

/** Version 4 in form, and the same each time. */
const uuid = ({ n, salt }: Making): string =>
  `overlay(overlay(md5(${pg.escapeLiteral(salt)} || ${n}) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid`

const cut = (text: string, limit: number | null, rest: string): string =>
  limit === null ? text : `left(${text}, greatest(${limit} - length(${rest}), 0))`

const text = (making: Making, limit: number | null): string => {
  const { n } = making
  if (limit !== null && limit <= CODE) return `lpad(to_hex(${n}), ${limit}, '0')`
  const from = `(${making.from})::text`
  const end = `('-' || ${n})`
  const unnumbered = (part: string) => `regexp_replace(${part}, '-[0-9]+$', '')`
  const host = `substr(${from}, strpos(${from}, '@'))`
  return `CASE
    WHEN ${from} ~* ${UUID_TEXT} THEN ${uuid(making)}::text
    WHEN ${from} ~ '^[+]?[0-9]{${DIGITS},}$' THEN left(${from}, -${DIGITS}) || lpad((${n})::text, ${DIGITS}, '0')
    WHEN ${from} LIKE '_%@_%' THEN ${cut(unnumbered(`split_part(${from}, '@', 1)`), limit, `${end} || ${host}`)} || ${end} || ${host}
    WHEN ${from} ~ '^[a-z]+://[^/?#]+$' THEN ${cut(from, limit, end)} || '/' || ${n}
    WHEN ${from} ~ '^[a-z]+://' THEN regexp_replace(${from}, '^([^?#]*?)(-[0-9]+)?/?([?#].*)?$', '\\1' || ${end} || '\\3')
    ELSE ${cut(unnumbered(from), limit, end)} || ${end}
  END`
}

const after = ({ greatest, step }: Making, type: string, unit: string): string | null =>
  greatest === null ? null : `${pg.escapeLiteral(greatest)}::${type} + ${step}${unit}`

const MAKERS: Readonly<Record<ValueKind, (making: Making, column: Column) => string | null>> = {
  uuid: (making) => uuid(making),
  text: (making, { limit }) => text(making, limit),
  number: (making, { type }) => after(making, type, ''),
  date: (making, { type }) => after(making, type, '::int'),
  timestamp: (making, { type }) => after(making, type, " * interval '1 second'"),
  interval: (making, { type }) => after(making, type, " * interval '1 second'"),
  address: (making, { type }) => after(making, type, ''),
  bytes: ({ from, n }) =>
    `substring(${from} FROM 1 FOR greatest(octet_length(${from}) - 8, 0)) || int8send(${n})`,
}

/** SQL of a value that is not there yet and looks like the one it is made from; null where none can be made. */
export const makeValue = (column: Column, making: Making): string | null => {
  const made = column.kind === null ? null : MAKERS[column.kind](making, column)
  return made === null ? null : `(${made})::${column.type}`
}

import type { FoundTable } from '../find-columns.ts'
import { parameterType } from '../parameter-type.ts'
import { readClauses } from '../read-clauses.ts'

/** How a statement of any shape is asked for each of many parameters at once. */
export type AskEach = {
  /** what the rows call the place of theirs in the list, from 1 */
  nth: string
  /** the text with its quotes, as a template */
  write(raw: string): string
}

const LOCKS = /\bfor\s+(?:no\s+key\s+)?(?:update|share)\b/i

/** What the rows call the place of theirs in the list; null where every name is taken. */
const nameIn = (sql: string) =>
  ['nth', 'place', 'place_in_list'].find((name) => !new RegExp(`\\b${name}\\b`, 'i').test(sql)) ?? null

/** As deep as it is given to be, whatever it was before. */
const indented = (text: string, base: string) => {
  const lines = text.trim().split(/\r?\n/)
  const leads = lines.slice(1).map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0)
  const least = Math.min(...leads)
  return lines.map((line, index) => `${base}${index === 0 ? line : line.slice(least)}`).join('\n')
}

/**
 * Runs the statement as it is beside each row of what was asked: every one gets what it would get alone, whatever it
 * counts, orders or limits.
 * @param own numbers of the parameters that each has for itself
 * @returns null where a type is not known, or it does more than read
 */
export const askEach = (
  sql: string,
  own: readonly number[],
  tables: readonly FoundTable[],
): AskEach | null => {
  const nth = nameIn(sql)
  const types = own.map((number) => parameterType(sql, number, tables))
  const isKnown = types.every((type) => type !== null && !type.endsWith('[]'))
  if (nth === null || !isKnown || readClauses(sql)?.verb !== 'select') return null
  if (LOCKS.test(sql) || /\b(?:asked|each)\b/i.test(sql)) return null
  const arrays = own.map((number, index) => `$${number}::${types[index]}[]`).join(', ')
  const names = own.map((number) => `p${number}`).join(', ')
  return {
    nth,
    write: (raw) => {
      const inner = own.reduce(
        (text, number) => text.replace(new RegExp(`\\$${number}(?!\\d)`, 'g'), `asked.p${number}`),
        raw.slice(1, -1).replace(/[\s;]+$/, ''),
      )
      const head = `SELECT asked.${nth}::int, each.* FROM unnest(${arrays}) WITH ORDINALITY AS asked (${names}, ${nth})`
      return `\`${head}\n  CROSS JOIN LATERAL (\n${indented(inner, '    ')}\n  ) AS each\``
    },
  }
}

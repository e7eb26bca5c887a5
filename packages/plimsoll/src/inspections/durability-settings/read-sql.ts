import { isName, isOff } from './declared.ts'
import type { Line } from './read-conf.ts'

const blank = (text: string) => text.replace(/[^\n]/g, ' ')

/** Comments become spaces, so that lines keep their numbers; a dash inside a string is none. */
const withoutComments = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith("'") ? found : blank(found),
  )

/** As a statement of its own, or of ALTER: in an UPDATE these would be columns. */
const SET =
  /(?:\balter\s+(?:system|database|role|user)\b[^;]*?\s|(?:^|[;']|\$\w*\$|\bbegin\b)\s*)set\s+(?:(local|session)\s+)?(\w+)\s*(?:=|\bto\b)\s*('[^']*'|\w+)/gi

/**
 * `ALTER SYSTEM | DATABASE | ROLE … SET name = off` and a `SET` for the session, also inside a string that is
 * executed; `SET LOCAL` is one transaction's own decision.
 */
export const readSql = (text: string): Line[] => {
  const sql = withoutComments(text)
  return [...sql.matchAll(SET)].flatMap(({ 1: scope, 2: setting = '', 3: value = '', index }): Line[] => {
    const name = setting.toLowerCase()
    if (scope?.toLowerCase() === 'local' || !isName(name) || !isOff(value)) return []
    return [{ name, line: sql.slice(0, index).split('\n').length }]
  })
}

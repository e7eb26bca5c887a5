import { redactKeys } from '../../base/text/redact.ts'
import { canBeMadeUp } from '../../base/text/secret-names.ts'
import { isOpenPassword, SHORTEST_SECRET } from '../../lab/environment/known-secrets.ts'

const MASK = '(redacted)'

const ADDRESS = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"'`]*):([^\s@/"'`]+)@/gi
const HEADER = /\b((?:bearer|basic) )(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}/gi
/** `NAME=value` alone on its line, as `env` and `.env` print it. */
const ASSIGNMENT = /^((?:export )?([A-Z][A-Z\d_]*)=["']?)([^\s"']{6,})(["']?)$/gm

/** The ways in which a value may be written without being changed. */
const writings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  ...(secret.length >= 12 ? [Buffer.from(secret).toString('base64').replace(/=+$/, '')] : []),
]

/**
 * What a tool answers, without secrets: known values in every usual writing, keys that show by their form, passwords
 * in addresses, `NAME=value` lines of secret names. Code that only speaks of passwords stays as it is. For every
 * output of every tool: `redactOutput(answer.text, lent.secrets ?? [])`.
 */
export const redactOutput = (text: string, secrets: readonly string[]): string => {
  const known = [...new Set(secrets.filter(({ length }) => length >= SHORTEST_SECRET).flatMap(writings))]
  let clean = text
  for (const each of known.sort((a, b) => b.length - a.length)) clean = clean.replaceAll(each, MASK)
  return redactKeys(clean)
    .replace(ADDRESS, (whole, before: string, password: string) =>
      isOpenPassword(password) ? whole : `${before}:${MASK}@`,
    )
    .replace(HEADER, `$1${MASK}`)
    .replace(ASSIGNMENT, (whole, before: string, name: string, value: string, after: string) =>
      canBeMadeUp(name) && !isOpenPassword(value) ? `${before}${MASK}${after}` : whole,
    )
}

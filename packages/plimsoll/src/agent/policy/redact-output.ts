import { redactKeys } from '../../base/text/redact.ts'
import { canBeMadeUp, hasCredentials, isPlaceholder, isSecret } from '../../lab/environment/secret-names.ts'

const MASK = '(redacted)'
const SHORTEST = 6

/** A password that stands in every example, or a template of one, is no secret, and code must stay readable. */
const isOpen = (password: string) =>
  /^[$<{%(]/.test(password) || isPlaceholder(password) || /^[a-z]{1,10}$/i.test(password)

const ADDRESS = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"'`]*):([^\s@/"'`]+)@/gi
const HEADER = /\b((?:bearer|basic) )(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}/gi
/** `NAME=value` alone on its line, as `env` and `.env` print it. */
const ASSIGNMENT = /^((?:export )?([A-Z][A-Z\d_]*)=["']?)([^\s"']{6,})(["']?)$/gm

const passwordIn = (value: string): string[] => {
  if (!URL.canParse(value)) return []
  const { password } = new URL(value)
  return password === '' ? [] : [password, decodeURIComponent(password)]
}

/**
 * Values that must stand in no output of a tool: what the environment and the env files of the project hold under the
 * name of a secret, or inside an address.
 */
export const knownSecrets = (variables: Iterable<readonly [name: string, value: string]>): string[] => {
  const found = new Set<string>()
  for (const [name, value] of variables) {
    if (isSecret(name) && !isPlaceholder(value)) found.add(value)
    if (hasCredentials(value)) {
      const passwords = passwordIn(value).filter((each) => !isOpen(each))
      if (passwords.length > 0) found.add(value)
      for (const each of passwords) found.add(each)
    }
  }
  return [...found].filter((value) => value.length >= SHORTEST)
}

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
  const known = [...new Set(secrets.filter(({ length }) => length >= SHORTEST).flatMap(writings))]
  let clean = text
  for (const each of known.sort((a, b) => b.length - a.length)) clean = clean.replaceAll(each, MASK)
  return redactKeys(clean)
    .replace(ADDRESS, (whole, before: string, password: string) =>
      isOpen(password) ? whole : `${before}:${MASK}@`,
    )
    .replace(HEADER, `$1${MASK}`)
    .replace(ASSIGNMENT, (whole, before: string, name: string, value: string, after: string) =>
      canBeMadeUp(name) && !isOpen(value) ? `${before}${MASK}${after}` : whole,
    )
}

import { hasCredentials, isPlaceholder, isSecret } from '../../base/text/secret-names.ts'

/** A shorter value would be masked where it stands by chance. */
export const SHORTEST_SECRET = 6

/** A password that stands in every example, or a template of one, is no secret, and code must stay readable. */
export const isOpenPassword = (password: string) =>
  /^[$<{%(]/.test(password) || isPlaceholder(password) || /^[a-z]{1,10}$/i.test(password)

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
      const passwords = passwordIn(value).filter((each) => !isOpenPassword(each))
      if (passwords.length > 0) found.add(value)
      for (const each of passwords) found.add(each)
    }
  }
  return [...found].filter((value) => value.length >= SHORTEST_SECRET)
}

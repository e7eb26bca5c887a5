import { basename } from 'node:path'
import { canBeMadeUp, hasCredentials, isSecret } from '../../../base/text/secret-names.ts'
import { madeUpSecret } from '../../../lab/environment/made-up.ts'
import type { SecretFile } from '../../../lab/environment/read-secret-files.ts'
import { isEnvFile, parseEnvFile } from '../../../survey/infra/env-file.ts'

export const isVariables = ({ path }: SecretFile): boolean =>
  isEnvFile(path) || /^\.envrc$|\.tfvars$/.test(basename(path))

/** `NAME=value` of the files that hold variables. */
export const variablesOf = (files: readonly SecretFile[]) =>
  files
    .filter(isVariables)
    .flatMap(({ path, text }) => parseEnvFile(text).map(({ name, value }) => ({ name, value, from: path })))

const SECRET_SEED = 1

const quoted = (value: string) => (/^[\w./:@%+-]*$/.test(value) ? value : JSON.stringify(value))

const standIn = (name: string, value: string, lent: Readonly<Record<string, string>>): string => {
  const own = lent[name]
  if (own !== undefined) return own
  if (canBeMadeUp(name)) return madeUpSecret(SECRET_SEED, name)
  return isSecret(name) || hasCredentials(value) ? '' : value
}

/**
 * What commands see in place of a secret file: variables with the lab's values, invented secrets, nothing of the rest.
 * @param lent values of the lab by name; an empty one is taken away
 */
export const coverSecretFile = (file: SecretFile, lent: Readonly<Record<string, string>>): string => {
  if (isVariables(file))
    return parseEnvFile(file.text)
      .map(({ name, value }) => `${name}=${quoted(standIn(name, value, lent))}\n`)
      .join('')
  if (/^\.(?:npmrc|yarnrc\.yml|pypirc)$/.test(basename(file.path)))
    return file.text
      .split('\n')
      .filter((line) => !/auth|token|password|username|_cert|key/i.test(line) && !/:\/\/[^/\s]*@/.test(line))
      .join('\n')
  return ''
}

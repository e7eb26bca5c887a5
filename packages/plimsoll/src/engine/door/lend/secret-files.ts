import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { canBeMadeUp, hasCredentials, isSecret } from '../../../base/text/secret-names.ts'
import { madeUpSecret } from '../../../lab/environment/made-up.ts'
import { isSecretFile } from '../../../lab/environment/secret-files.ts'
import { isEnvFile, parseEnvFile } from '../../../survey/infra/env-file.ts'

export type SecretFile = { /** relative to the folder that was searched */ path: string; text: string }

const PASSED_OVER = new Set(['node_modules', '.git', '.venv', 'venv', '.plimsoll', '__pycache__', 'target'])
const DEEPEST = 8
const LARGEST = 1_000_000

/** Every file below a folder that holds secrets by its name, with what is in it. */
export const readSecretFiles = async (root: string, dir = '', depth = 0): Promise<SecretFile[]> => {
  const entries = await readdir(join(root, dir), { withFileTypes: true }).catch(() => [])
  const found = await Promise.all(
    entries.map(async (entry): Promise<SecretFile[]> => {
      const path = dir === '' ? entry.name : `${dir}/${entry.name}`
      if (entry.isDirectory())
        return depth < DEEPEST && !PASSED_OVER.has(entry.name) ? readSecretFiles(root, path, depth + 1) : []
      if (!entry.isFile() || !isSecretFile(path)) return []
      const text = await readFile(join(root, path), 'utf8').catch(() => '')
      return [{ path, text: text.slice(0, LARGEST) }]
    }),
  )
  return found.flat()
}

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

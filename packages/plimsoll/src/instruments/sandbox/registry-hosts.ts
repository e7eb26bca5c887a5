import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const STANDARD = 'https://registry.npmjs.org/'

const settingIn = (file: string): string | null => {
  try {
    return /^\s*registry\s*=\s*"?([^"\s]+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? null
  } catch {
    return null
  }
}

/** Where the packages of a workspace come from, as npm is set up here. */
export const registryOf = (root: string, machine: NodeJS.ProcessEnv): string =>
  machine.npm_config_registry ??
  settingIn(join(root, '.npmrc')) ??
  settingIn(join(homedir(), '.npmrc')) ??
  STANDARD

/** Its one host, as the way out lists it. */
export const registryHosts = (root: string, machine: NodeJS.ProcessEnv): string[] => {
  const told = registryOf(root, machine)
  if (!URL.canParse(told)) return []
  const { hostname, port } = new URL(told)
  return [port === '' ? hostname : `${hostname}:${port}`]
}

import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Service } from '../../model/system.ts'
import { quoteWord } from './split-words.ts'

type Packages = Service['packages']

const isOnPath = (program: string, path: string) =>
  path.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)))

/** `npx` words that bring the manager and run it; null when the machine has it, or npm cannot bring it. */
const bringing = ({ manager, managerPackage }: Packages, path: string): string | null => {
  if (manager === null || managerPackage === null || managerPackage === undefined) return null
  if (isOnPath(manager, path)) return null
  const same = managerPackage === manager || managerPackage.startsWith(`${manager}@`)
  return same ? `npx --yes ${managerPackage}` : `npx --yes --package=${managerPackage} ${manager}`
}

/** A command of the repo as this machine can run it: `pnpm install` → `npx --yes pnpm@9.1.0 install`. */
export const asRunnable = (command: string, packages: Packages, path: string): string => {
  const brought = bringing(packages, path)
  const { manager } = packages
  if (brought === null || manager === null || !command.startsWith(`${manager} `)) return command
  return `${brought}${command.slice(manager.length)}`
}

/** What npm must know to reach the user's registry from a step whose environment is the lab's. */
const NPM_KNOWS = /^(?:npm_config_.*|https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_.*)$/i

const npmSettings = (machine: NodeJS.ProcessEnv): Record<string, string> => {
  const home = machine.HOME
  const own: Record<string, string> =
    home === undefined
      ? {}
      : { npm_config_cache: join(home, '.npm'), npm_config_userconfig: join(home, '.npmrc') }
  const given = Object.entries(machine).flatMap(([name, value]) =>
    value !== undefined && NPM_KNOWS.test(name) ? [[name, value] as const] : [],
  )
  return { ...own, ...Object.fromEntries(given) }
}

/**
 * Makes a program of the manager's name for steps and scripts that call it on a machine without it: npx brings it.
 * @returns the folder it is in; null when none is needed
 */
export const lendManager = async (
  packages: Packages,
  machine: NodeJS.ProcessEnv,
  scratchDir: string,
): Promise<string | null> => {
  const brought = bringing(packages, machine.PATH ?? '')
  if (brought === null || packages.manager === null) return null
  const folder = join(scratchDir, 'lent')
  const settings = Object.entries(npmSettings(machine)).map(([name, value]) => `${name}=${quoteWord(value)}`)
  const script = `#!/bin/sh\nexec env ${[...settings, brought].join(' ')} "$@"\n`
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, packages.manager), script, { mode: 0o755 })
  return folder
}

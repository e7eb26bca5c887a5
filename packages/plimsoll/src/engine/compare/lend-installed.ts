import { existsSync } from 'node:fs'
import { copyFile, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { mirrorModules } from '../../lab/copy/mirror-modules.ts'
import { levelsOf } from './dependencies.ts'

const DEEPEST = 6
const ENVIRONMENTS = ['.venv', 'venv']
const ENV_FILE = /^\.env(?:\.[\w.-]+)?$/

/** Every folder of the exported tree that may have packages of its own. */
const foldersBelow = async (dir: string, level = '', depth = 0): Promise<string[]> => {
  if (depth > DEEPEST) return [level]
  const entries = await readdir(join(dir, level), { withFileTypes: true })
  const inside = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map((entry) => foldersBelow(dir, join(level, entry.name), depth + 1))
  return [level, ...(await Promise.all(inside)).flat()]
}

/** Of a level: the environments of Python, and the env files, which git does not keep. */
const lendLevel = async (from: string, to: string, packages: boolean) => {
  for (const name of await readdir(from).catch(() => [])) {
    if (existsSync(join(to, name))) continue
    if (packages && ENVIRONMENTS.includes(name)) await symlink(join(from, name), join(to, name))
    else if (ENV_FILE.test(name)) await copyFile(join(from, name), join(to, name))
  }
}

/**
 * Gives an exported commit what a checkout does not bring: the packages that are installed in the user's tree, linked,
 * and its env files, copied. The user's tree is read and never written.
 * @param below the backend's folder, relative to both tops
 * @param packages false when they will be installed in the lab
 */
export const lendInstalled = async (
  from: string,
  to: string,
  { below, packages }: { below: string; packages: boolean },
): Promise<void> => {
  for (const level of levelsOf(below)) await lendLevel(join(from, level), join(to, level), packages)
  if (!packages) return
  for (const level of await foldersBelow(to)) {
    const installed = join(from, level, 'node_modules')
    const place = join(to, level, 'node_modules')
    if (existsSync(installed) && !existsSync(place)) await mirrorModules(installed, place, from, to)
  }
}

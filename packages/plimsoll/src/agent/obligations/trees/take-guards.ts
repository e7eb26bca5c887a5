import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { git } from '../../../instruments/source/git.ts'
import { CONFIG_FILES } from '../../../model/config-files.ts'

/**
 * What guards the work outside of the listed sources: hooks of git, and files that are read wherever they appear. By
 * path, with a hash of what is there.
 */
export type Guards = ReadonlyMap<string, string>

/** Files that take effect by being there, whether git ignores them or not. */
const FIXED = [
  ...CONFIG_FILES,
  ...['.claude/settings.json', '.claude/settings.local.json', '.cursor/hooks.json', '.gemini/settings.json'],
  '.codex/hooks.json',
]
const HOOKS_PATH = /^\s*hooksPath\s*=\s*(.*)$/im

const digest = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex')

const read = (file: string): Buffer | null => {
  try {
    return statSync(file).isFile() ? readFileSync(file) : null
  } catch {
    return null
  }
}

const namesIn = (dir: string): string[] => {
  try {
    return readdirSync(dir).filter((name) => !name.endsWith('.sample'))
  } catch {
    return []
  }
}

export const takeGuards = async (root: string): Promise<Guards> => {
  const found = new Map<string, string>()
  const keep = (name: string, content: Buffer | null) => {
    if (content !== null) found.set(name, digest(content))
  }
  for (const file of FIXED) keep(file, read(join(root, file)))
  const common = (await git(root, ['rev-parse', '--path-format=absolute', '--git-common-dir']))?.trim()
  if (common === undefined || common === '') return found
  for (const name of namesIn(join(common, 'hooks')))
    keep(`.git/hooks/${name}`, read(join(common, 'hooks', name)))
  const path = HOOKS_PATH.exec(read(join(common, 'config'))?.toString('utf8') ?? '')?.[1]
  if (path !== undefined) found.set('.git/config', digest(path.trim()))
  return found
}
